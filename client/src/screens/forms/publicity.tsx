/** 宣传送达: how each firm got what was to be handed out. */

import { firmOf } from "../../app/app";
import { Lamp } from "../../parts/bits";
import { Chips, Text } from "../../parts/inputs";
import { Nothing } from "../../parts/page";
import { Photos } from "../../parts/photos";
import { withRow, type PublicityData } from "../../record/forms";
import type { FormProps } from "./index";

const WAYS = [
  { code: "signed", name: "签收" },
  { code: "read", name: "看过了" },
  { code: "handed", name: "当面发放" },
  { code: "refused", name: "不收" },
];

export function PublicityForm({ keeper, data, set, bundle }: FormProps<PublicityData>) {
  const batch = bundle?.batches.find((one) => one.id === data.batch);
  if (!batch) return <Nothing title="这批已经结束，记下的照样能交" />;
  const rows = [...batch.enterprises].sort((a, b) => Number(a.done) - Number(b.done));
  return (
    <>
      <p class="strong">{batch.title}</p>
      <p class="quiet">{batch.text}</p>
      <ul class="plain-list">
        {rows.map(({ id, done }) => {
          const firm = firmOf(bundle, id);
          const mine = data.receipts.find((one) => one.enterprise === id);
          return (
            <li class="firm-answer" key={id} data-testid={`handed-${id}`}>
              <div class="fact">
                <b>{firm?.short ?? `企业${id}`}</b>
                {done && !mine ? <Lamp tone="ok">已送达</Lamp> : null}
              </div>
              <Chips name={`way-${id}`} options={WAYS} value={[mine?.way ?? ""]} onPick={(way) => void set({ receipts: withRow(data.receipts, id, mine?.way === way ? undefined : { enterprise: id, way, name: mine?.name ?? "" }) })} />
              {mine ? (
                <>
                  <Text name={`name-${id}`} label="谁收的" placeholder="谁收的（可以不写）" value={mine.name} onText={(name) => void set({ receipts: withRow(data.receipts, id, { ...mine, name }) })} />
                  <Photos keeper={keeper as never} where={`e${id}`} />
                </>
              ) : null}
            </li>
          );
        })}
      </ul>
    </>
  );
}
