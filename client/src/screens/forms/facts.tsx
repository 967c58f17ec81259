/** 企业信息更新: only what has changed is sent; names, numbers and size wait for the hub. */

import { Chips, Field, Text } from "../../parts/inputs";
import type { FactsData } from "../../record/forms";
import { PickFirm } from "./pick";
import type { FormProps } from "./index";

const LINES = [
  { code: "workers", name: "从业人数", type: "number" },
  { code: "production_address", name: "生产经营地址", type: "text" },
  { code: "floor_m2", name: "建筑面积（平方米）", type: "number" },
  { code: "business_scope", name: "经营范围", type: "text" },
] as const;
const WAITING = [
  { code: "name", name: "企业名称", type: "text" },
  { code: "uscc", name: "统一社会信用代码", type: "text" },
] as const;

export function FactsForm({ keeper, data, set, firm, bundle }: FormProps<FactsData>) {
  const put = (code: string, value: string): void => {
    const changes = { ...data.changes };
    if (value.trim()) changes[code] = value;
    else delete changes[code];
    void set({ changes });
  };
  const lines = (fields: typeof LINES | typeof WAITING) =>
    fields.map((one) => (
      <Field key={one.code} label={one.name}>
        <Text name={one.code} type={one.type} value={data.changes[one.code] ?? ""} onText={(value) => put(one.code, value)} placeholder="没变就空着" />
      </Field>
    ));
  return (
    <>
      {firm ? null : <PickFirm keeper={keeper as never} bundle={bundle} firm={firm} />}
      <Field label="经营状态" isGroup>
        <Chips name="status" options={bundle?.terms["status"] ?? []} value={[data.changes["status"] ?? ""]} onPick={(status) => put("status", data.changes["status"] === status ? "" : status)} />
      </Field>
      {lines(LINES)}
      <h2 class="over">
        下面的要中转站审核<small>审核前不变</small>
      </h2>
      {lines(WAITING)}
      <Field label="从哪里知道的">
        <Text name="reason" rows={2} value={data.reason} onText={(reason) => void set({ reason })} placeholder="如：看了营业执照" />
      </Field>
    </>
  );
}
