/** 例会: who came, what was said. A joint meeting counts for each firm that came. */

import { localInput } from "../../kernel/dates";
import { Chips, Field, Switch, Text } from "../../parts/inputs";
import { Photos } from "../../parts/photos";
import { withRow, type MeetingData } from "../../record/forms";
import type { FormProps } from "./index";

export function MeetingForm({ keeper, data, set, bundle }: FormProps<MeetingData>) {
  const row = (id: number) => data.attendance.find((one) => one.enterprise === id);
  return (
    <>
      <Field label="会议主题">
        <Text name="topic" value={data.topic} onText={(topic) => void set({ topic })} placeholder="如：四季度安全例会" />
      </Field>
      <Field label="讲了哪些" isGroup>
        <Chips
          name="topics"
          isMany
          options={bundle?.meeting_topics ?? []}
          value={data.topics}
          onPick={(code) => void set({ topics: data.topics.includes(code) ? data.topics.filter((one) => one !== code) : [...data.topics, code] })}
        />
      </Field>
      <Field label="到会的企业" isGroup>
        <div class="stack-s">
          {(bundle?.enterprises ?? []).map((firm) => {
            const here = row(firm.id);
            return (
              <div key={firm.id}>
                <Switch
                  name={`came-${firm.id}`}
                  label={firm.short || firm.name}
                  isOn={here?.attended ?? false}
                  onTurn={(attended) => void set({ attendance: withRow(data.attendance, firm.id, attended ? { enterprise: firm.id, attended, name: here?.name ?? "" } : undefined) })}
                />
                {here?.attended ? <Text name={`who-${firm.id}`} label={`${firm.short || firm.name}来的人`} placeholder="来的人（可以不写）" value={here.name} onText={(name) => void set({ attendance: withRow(data.attendance, firm.id, { ...here, name }) })} /> : null}
              </div>
            );
          })}
        </div>
      </Field>
      <Field label="什么时候开的">
        <Text name="held" type="datetime-local" value={localInput(data.held_ms)} onText={(value) => void (value && set({ held_ms: new Date(value).getTime() }))} />
      </Field>
      <Field label="在哪里">
        <Text name="where" value={data.where} onText={(where) => void set({ where })} />
      </Field>
      <Field label="记几句">
        <Text name="text" rows={3} value={data.text} onText={(text) => void set({ text })} placeholder="可以不写" />
      </Field>
      <Photos keeper={keeper as never} where="" label="拍会场" hint="不拍也行。" />
    </>
  );
}
