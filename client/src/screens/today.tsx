/** 今日: what is due, nearest first; what was begun; what the town says now. */

import { firmOf, useApp, useLive, useSync } from "../app/app";
import { momentWords } from "../kernel/dates";
import { Nothing, Page } from "../parts/page";
import { DueLamp, Lamp, nearestDue, Row } from "../parts/bits";
import { Icon } from "../parts/icon";
import { KIND_WORDS } from "../record/kinds";
import { allDrafts } from "../store/drafts";
import type { Draft } from "../store/rows";
import type { Bundle, Firm } from "../wire";
import { Notices } from "./notices";

export function Today() {
  const { store, held } = useApp();
  const drafts = useLive(() => allDrafts(store), []);
  if (!held) return <NotYet />;
  const { bundle } = held;
  const due = bundle.enterprises.filter((firm) => nearestDue(firm)).sort((a, b) => (nearestDue(a)!.due < nearestDue(b)!.due ? -1 : 1));
  return (
    <Page name="today" title="今日" isHome>
      <Notices />
      <Urgent bundle={bundle} />
      {drafts && drafts.length > 0 ? <Begun drafts={drafts} bundle={bundle} /> : null}
      <section aria-labelledby="due">
        <h2 id="due" class="over">
          该走访的企业<small>{due.length > 0 ? `${due.length}家，最急的在前` : ""}</small>
        </h2>
        {due.length === 0 ? (
          <Nothing title="眼下没有到期的走访">
            <p>企业都在“企业”里，随时可以开始一次走访。</p>
          </Nothing>
        ) : (
          <div class="lines">
            {due.map((firm) => (
              <FirmLine key={firm.id} firm={firm} />
            ))}
          </div>
        )}
      </section>
      <Quick />
      <p class="way-out">
        <a href="/" data-testid="to-desk">
          回到工作台
        </a>
        （需要信号）
      </p>
    </Page>
  );
}

export function FirmLine({ firm }: { firm: Firm }) {
  const duty = nearestDue(firm);
  const open = firm.open_findings.length;
  return (
    <Row
      href={`#/firm/${firm.id}`}
      id={`firm-${firm.id}`}
      title={firm.short || firm.name}
      sub={[duty?.title ?? firm.community, open > 0 ? `未了隐患${open}条` : ""].filter(Boolean).join(" · ")}
      lamp={duty ? <DueLamp day={duty.due} /> : null}
    />
  );
}

function Urgent({ bundle }: { bundle: Bundle }) {
  const alerts = bundle.alerts.filter((one) => one.enterprises.some((row) => row.state !== "in_place"));
  const batches = bundle.batches.filter((one) => one.enterprises.some((row) => !row.done));
  if (alerts.length + batches.length + bundle.tasks.length === 0) return null;
  return (
    <section aria-labelledby="town">
      <h2 id="town" class="over">
        镇里交办的
      </h2>
      <div class="lines">
        {alerts.map((one) => (
          <Row key={`a${one.id}`} id={`alert-${one.id}`} href={`#/alert/${one.id}`} title={one.title} sub={`减排通知 · 还要通知${one.enterprises.filter((row) => row.state === "" || row.state === "unreached").length}家`} lamp={<Lamp tone="late">马上办</Lamp>} />
        ))}
        {batches.map((one) => (
          <Row key={`b${one.id}`} id={`batch-${one.id}`} href={`#/batch/${one.id}`} title={one.title} sub={`宣传送达 · 还有${one.enterprises.filter((row) => !row.done).length}家`} lamp={one.due ? <DueLamp day={one.due} /> : null} />
        ))}
        {bundle.tasks.map((one) => (
          <Row key={`t${one.id}`} id={`task-${one.id}`} href={`#/task/${one.id}`} title={one.title} sub="临时任务" lamp={one.due ? <DueLamp day={one.due} /> : null} />
        ))}
      </div>
    </section>
  );
}

function Begun({ drafts, bundle }: { drafts: Draft[]; bundle: Bundle }) {
  return (
    <section aria-labelledby="begun">
      <h2 id="begun" class="over">
        没做完的<small>都存在手机上</small>
      </h2>
      <div class="lines">
        {drafts.map((one) => (
          <Row key={one.id} id={`draft-${one.id}`} href={`#/${one.at}`} title={firmOf(bundle, one.enterprise)?.short ?? one.title} sub={`${KIND_WORDS[one.kind]} · ${momentWords(one.touched_ms)}记的`} lamp={<Lamp tone="soon">继续</Lamp>} />
        ))}
      </div>
    </section>
  );
}

const QUICK = [
  ["demand", "代提诉求"],
  ["contact", "联系记录"],
  ["meeting", "例会"],
] as const;

function Quick() {
  return (
    <div class="quick three">
      {QUICK.map(([kind, words]) => (
        <a key={kind} class="btn" href={`#/new/${kind}`} data-testid={`new-${kind}`}>
          {words}
        </a>
      ))}
    </div>
  );
}

/** The first time on this phone: one thing to do. */
function NotYet() {
  const { signal } = useSync();
  return (
    <Page name="today" title="今日" isHome>
      <Notices />
      <Nothing title="这部手机上还没有今天要用的东西">
        <p>{signal === "on" ? "按一下就下载您的企业、清单和未了隐患，之后没有信号也能用。" : "请在有信号的地方打开一次，下载之后没有信号也能用。"}</p>
        <a class="btn main" href="#/prepare" data-testid="prepare">
          <Icon name="down" />
          出发前下载
        </a>
      </Nothing>
    </Page>
  );
}
