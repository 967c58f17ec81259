/** What all screens of one visit share: its keeper, the firm, its lists, and where each item stands. */

import { firmOf, useApp, useLive } from "../../app/app";
import { type Keeper, useKeeper } from "../../app/keeper";
import { isAnswered, stretches, type Asked, type Stretch } from "../../record/checklist";
import type { VisitData } from "../../record/visit";
import type { Draft } from "../../store/rows";
import { checklists } from "../../store/town";
import type { Bundle, Checklist, Firm } from "../../wire";

export interface Visit {
  keeper: Keeper<VisitData>;
  draft: Draft<VisitData>;
  data: VisitData;
  lists: Checklist[];
  stretches: Stretch[];
  asked: Asked[];
  answered: number;
  firm: Firm | undefined;
  bundle: Bundle | undefined;
}

/** undefined while loading; "gone" when the draft was finished or thrown away. */
export function useVisit(id: string): Visit | "gone" | undefined {
  const { store, held } = useApp();
  const keeper = useKeeper<VisitData>(id);
  const draft = keeper.draft;
  const key = draft?.data.sets.map((one) => one.sha256).join() ?? "";
  const found = useLive(() => checklists(store, key ? key.split(",") : []), [key]);
  if (keeper.state === "gone") return "gone";
  if (!draft || !found) return undefined;
  const lists = draft.data.sets.flatMap((one) => found.get(one.sha256) ?? []);
  const parts = stretches(lists, draft.data.answers);
  const asked = parts.flatMap((one) => one.asked);
  return {
    keeper,
    draft,
    data: draft.data,
    lists,
    stretches: parts,
    asked,
    answered: asked.filter((one) => isAnswered(draft.data.answers[one.key])).length,
    firm: firmOf(held?.bundle, draft.enterprise),
    bundle: held?.bundle,
  };
}

/** A list's name for small places: 消防. */
export function shortOf(bundle: Bundle | undefined, list: { code: string; title: string }): string {
  return bundle?.checklists.find((one) => one.code === list.code)?.short ?? list.title.replace(/[（(].*$/, "");
}
