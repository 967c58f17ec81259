/** Which screen of a visit: `#/visit/<draft>/…`. */

import { useEffect } from "preact/hooks";
import { Loading, Nothing, Page } from "../../parts/page";
import { Finish } from "./finish";
import { useVisit } from "./hook";
import { ItemScreen } from "./item";
import { Overview } from "./overview";
import { Problem } from "./problem";
import { VisitRecheck } from "./recheck";
import { Sign } from "./sign";

export function VisitScreens({ id, rest }: { id: string; rest: string[] }) {
  const visit = useVisit(id);
  const at = `visit/${[id, ...rest].join("/")}`;
  // Where one was is kept with the draft, so that "继续" comes back to the same item; it needs no press of its own.
  useEffect(() => {
    if (visit && visit !== "gone" && visit.draft.at !== at) void visit.keeper.alter((now) => ({ ...now, at }));
  }, [at, visit === undefined]);
  if (visit === "gone") {
    return (
      <Page name="gone" title="走访">
        <Nothing title="这次走访已经完成或删掉了">
          <a class="btn" href="#/sync">
            到同步中心看看
          </a>
        </Nothing>
      </Page>
    );
  }
  if (!visit) return <Loading />;
  const [part, which = ""] = rest;
  switch (part) {
    case "item":
      return <ItemScreen key={which} visit={visit} at={which} />;
    case "problem":
      return <Problem key={which} visit={visit} id={which} />;
    case "recheck":
      return <VisitRecheck key={which} visit={visit} id={which} />;
    case "sign":
      return <Sign visit={visit} />;
    case "finish":
      return <Finish visit={visit} />;
    default:
      return <Overview visit={visit} />;
  }
}
