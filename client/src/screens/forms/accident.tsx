/** 事故快报: call first, then two presses. It never says 已上报 before the town has said so. */

import { useOnLine } from "../../app/online";
import { localInput } from "../../kernel/dates";
import { Call } from "../../parts/bits";
import { Chips, Field, Switch, Text } from "../../parts/inputs";
import { Photos } from "../../parts/photos";
import type { AccidentData } from "../../record/forms";
import { PickFirm } from "./pick";
import type { FormProps } from "./index";

const CASUALTIES = [
  { code: "unknown", name: "还不清楚" },
  { code: "none", name: "无人员伤亡" },
  { code: "injured", name: "有人受伤" },
  { code: "trapped", name: "有人被困" },
  { code: "dead", name: "有人死亡" },
];
const KINDS = [
  { code: "accident", name: "生产安全事故" },
  { code: "fire", name: "火灾" },
  { code: "other", name: "其他" },
];

/** The town's own number large, the three everybody knows beside each other. */
export function Numbers({ numbers }: { numbers: readonly { name: string; phone: string }[] }) {
  const [first, ...others] = numbers;
  if (!first) return <p class="banner late">先打119、120，再报镇安委办。</p>;
  return (
    <div class="stack-s">
      <Call number={first.phone} tone="danger big">
        {first.name} {first.phone}
      </Call>
      <div class="quick three">
        {others.map((one) => (
          <Call key={one.phone} number={one.phone} tone="danger">
            {one.name} {one.phone}
          </Call>
        ))}
      </div>
    </div>
  );
}

export function AccidentForm({ keeper, data, set, firm, bundle }: FormProps<AccidentData>) {
  const is_on = useOnLine();
  const kinds = bundle?.accident_kinds?.length ? bundle.accident_kinds : KINDS;
  const hint = bundle?.accident_kinds?.find((one) => one.code === data.what)?.hint;
  return (
    <>
      <Numbers numbers={bundle?.emergency ?? []} />
      {is_on ? null : (
        <p class="banner late" role="alert">
          没有信号，报告送不出去，请打电话。
        </p>
      )}
      <Field label="是什么事" isGroup>
        <Chips name="what" options={kinds} value={[data.what]} onPick={(what) => void set({ what })} />
      </Field>
      {hint ? <p class="banner soon">{hint}</p> : null}
      <p class="quiet">下面的知道多少写多少，不知道就直接按“马上报告”。请先保证自己安全，不要进危险的地方。</p>
      <PickFirm keeper={keeper as never} bundle={bundle} firm={firm} />
      <Field label="人员情况" isGroup>
        <Chips name="casualties" options={bundle?.terms["casualties"] ?? CASUALTIES} value={[data.casualties]} onPick={(casualties) => void set({ casualties })} />
      </Field>
      <Field label="在哪里">
        <Text name="where" value={data.where} onText={(where) => void set({ where })} placeholder="车间、路口" />
      </Field>
      <Field label="什么情况">
        <Text name="text" rows={3} value={data.text} onText={(text) => void set({ text })} placeholder="用语音键盘更快" />
      </Field>
      <Photos keeper={keeper as never} where="" label="拍现场" hint="离得远远的拍，不拍也行。" />
      <Field label="什么时候发生的">
        <Text name="happened" type="datetime-local" value={localInput(data.happened_ms)} onText={(value) => void (value && set({ happened_ms: new Date(value).getTime() }))} />
      </Field>
      <Switch name="called" label="已经打过电话" isOn={data.called} onTurn={(called) => void set({ called })} />
    </>
  );
}
