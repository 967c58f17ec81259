/** 代提诉求 and 联系记录: what a firm said, by the one who heard it first. */

import { localInput } from "../../kernel/dates";
import { Chips, Field, Fold, Switch, Text } from "../../parts/inputs";
import { Photos } from "../../parts/photos";
import type { ContactData, DemandData } from "../../record/forms";
import type { Firm } from "../../wire";
import { PickFirm } from "./pick";
import type { FormProps } from "./index";

export function DemandForm({ keeper, data, set, firm, bundle }: FormProps<DemandData>) {
  return (
    <>
      {firm ? null : <PickFirm keeper={keeper as never} bundle={bundle} firm={firm} />}
      <Field label="企业说了什么，想要什么结果">
        <Text name="text" rows={4} value={data.text} onText={(text) => void set({ text })} placeholder="照他的话写；用语音键盘更快" />
      </Field>
      <Photos keeper={keeper as never} where="" />
      <Field label="谁说的">
        <Text name="contact" value={data.contact_name} onText={(contact_name) => void set({ contact_name })} placeholder="姓名" />
      </Field>
      <People firm={firm} value={data.contact_name} onPick={(contact_name) => void set({ contact_name })} />
      <Field label="什么时候说的" hint="期限从这时起算。">
        <Text name="told" type="datetime-local" value={localInput(data.told_ms)} onText={(value) => void (value && set({ told_ms: new Date(value).getTime() }))} />
      </Field>
      <Fold id="topic-fold" label={`大致是哪方面${data.topic ? "" : "（拿不准就不选，中转站会定）"}`} isOpen={data.topic !== ""}>
        <Field label="大致是哪方面" isGroup>
          <Chips name="topic" options={bundle?.topics ?? []} value={[data.topic]} onPick={(topic) => void set({ topic: data.topic === topic ? "" : topic })} />
        </Field>
      </Fold>
      <p class="quiet">您就是首问责任人，办到哪一步都会告诉您。</p>
    </>
  );
}

const WAYS = [
  { code: "phone", name: "电话" },
  { code: "wechat", name: "微信" },
  { code: "in_person", name: "当面" },
  { code: "other", name: "其他" },
];

export function ContactForm({ keeper, data, set, firm, bundle }: FormProps<ContactData>) {
  return (
    <>
      {firm ? null : <PickFirm keeper={keeper as never} bundle={bundle} firm={firm} />}
      <Field label="怎样联系的" isGroup>
        <Chips name="way" options={WAYS} value={[data.way]} onPick={(way) => void set({ way })} />
      </Field>
      <Field label="和谁">
        <Text name="with" value={data.with_name} onText={(with_name) => void set({ with_name })} placeholder="姓名" />
      </Field>
      <People firm={firm} value={data.with_name} onPick={(with_name) => void set({ with_name })} />
      <Field label="说了什么">
        <Text name="text" rows={4} value={data.text} onText={(text) => void set({ text })} placeholder="用语音键盘更快" />
      </Field>
      <Switch name="wants-demand" label="他有事要办，转成诉求" hint="镇里收到后就按诉求接办" isOn={data.wants_demand} onTurn={(wants_demand) => void set({ wants_demand })} />
    </>
  );
}

function People({ firm, value, onPick }: { firm: Firm | undefined; value: string; onPick: (name: string) => void }) {
  if (!firm || firm.contacts.length === 0) return null;
  return <Chips name="person" options={firm.contacts.map((one) => ({ code: one.name, name: `${one.name} ${one.duty}` }))} value={[value]} onPick={onPick} />;
}
