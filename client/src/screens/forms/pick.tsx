/** Choosing one of one's own firms: typed letters narrow the list, three are shown, more on a press. */

import { useState } from "preact/hooks";
import type { Keeper } from "../../app/keeper";
import { Btn, Field, Text } from "../../parts/inputs";
import type { Bundle, Firm } from "../../wire";

const SHOWN = 5;

export function PickFirm({ keeper, bundle, firm, label = "哪家企业" }: { keeper: Keeper<never> | Keeper; bundle: Bundle | undefined; firm: Firm | undefined; label?: string }) {
  const [wanted, want] = useState("");
  const [is_all, showAll] = useState(false);
  const mine = keeper as Keeper;
  const set = (one: Firm | undefined): Promise<boolean> => mine.alter((now) => ({ ...now, enterprise: one?.id ?? null, title: one ? one.short || one.name : now.title }));
  if (firm) {
    return (
      <Field label={label} isGroup>
        <p class="fact">
          <b>{firm.name}</b>
          <Btn id="other-firm" onTap={() => set(undefined)}>
            换一家
          </Btn>
        </p>
      </Field>
    );
  }
  const found = (bundle?.enterprises ?? []).filter((one) => `${one.name}${one.short}${one.code}`.includes(wanted.trim()));
  return (
    <Field label={label} isGroup>
      <Text name="firm-search" label="找企业" placeholder="名称里的几个字" value={wanted} onText={want} />
      <div class="chips">
        {(is_all ? found : found.slice(0, SHOWN)).map((one) => (
          <button key={one.id} type="button" class="pick" data-testid={`pick-${one.id}`} onClick={() => void set(one)}>
            {one.short || one.name}
          </button>
        ))}
        {found.length > SHOWN && !is_all ? (
          <button type="button" class="pick quiet" onClick={() => showAll(true)}>
            全部{found.length}家
          </button>
        ) : null}
      </div>
    </Field>
  );
}
