/** 减排通知: firms with a call button, those not yet told on top; three answers a firm. */

import { firmOf } from "../../app/app";
import { momentWords } from "../../kernel/dates";
import { Call, Lamp } from "../../parts/bits";
import { Chips, Text } from "../../parts/inputs";
import { Nothing } from "../../parts/page";
import { Photos } from "../../parts/photos";
import { withRow, type AlertData } from "../../record/forms";
import type { FormProps } from "./index";

const STATES = [
  { code: "told", name: "已通知" },
  { code: "unreached", name: "未接", tone: "late" },
  { code: "in_place", name: "已落实", tone: "ok" },
] as const;

export function AlertForm({ keeper, data, set, bundle }: FormProps<AlertData>) {
  const alert = bundle?.alerts.find((one) => one.id === data.alert);
  if (!alert) return <Nothing title="这次通知已经结束，记下的照样能交" />;
  const replied = (id: number) => data.replies.find((one) => one.enterprise === id);
  const rank = (state: string): number => ["", "unreached", "told", "in_place"].indexOf(state);
  const rows = [...alert.enterprises].sort((a, b) => rank(a.state) - rank(b.state));
  return (
    <>
      <div class="banner late">
        <p class="strong">
          {alert.title} {alert.level}
        </p>
        <p>{[alert.from && `${momentWords(alert.from)}起`, alert.until && `到${momentWords(alert.until)}`].filter(Boolean).join("")}</p>
        <p>{alert.text}</p>
      </div>
      <ul class="plain-list">
        {rows.map(({ id, state }) => {
          const firm = firmOf(bundle, id);
          const mine = replied(id);
          const contact = firm?.contacts.find((one) => one.call);
          return (
            <li class="firm-answer" key={id} data-testid={`reply-${id}`}>
              <div class="fact">
                <b>{firm?.short ?? `企业${id}`}</b>
                {mine ? null : state ? <Lamp tone={state === "in_place" ? "ok" : state === "unreached" ? "late" : "calm"}>{STATES.find((one) => one.code === state)?.name ?? state}</Lamp> : <Lamp tone="late">未通知</Lamp>}
                {contact ? <Call number={contact.call}>{contact.name}</Call> : null}
              </div>
              <Chips
                name={`state-${id}`}
                options={STATES}
                value={[mine?.state ?? ""]}
                onPick={(code) => void set({ replies: withRow(data.replies, id, mine?.state === code ? undefined : { enterprise: id, state: code, note: mine?.note ?? "", at_ms: Date.now() }) })}
              />
              {mine ? (
                <>
                  <Text name={`note-${id}`} label="说明" placeholder="落实了哪些措施（可以不写）" value={mine.note} onText={(note) => void set({ replies: withRow(data.replies, id, { ...mine, note }) })} />
                  {mine.state === "in_place" ? <Photos keeper={keeper as never} where={`e${id}`} /> : null}
                </>
              ) : null}
            </li>
          );
        })}
      </ul>
    </>
  );
}
