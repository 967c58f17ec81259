/** 清单: the walk in sections, how far one is, what is open from last time; one press jumps to what is unanswered. */

import { goInstead } from "../../app/route";
import { useApp } from "../../app/app";
import { Lamp, Row } from "../../parts/bits";
import { AskFirst, Btn } from "../../parts/inputs";
import { Nothing, Page } from "../../parts/page";
import { isAnswered, nextUnanswered, type Stretch } from "../../record/checklist";
import { newFinding } from "../../record/visit";
import { dropDraft } from "../../store/drafts";
import { shortOf, type Visit } from "./hook";

export function Overview({ visit }: { visit: Visit }) {
  const { store, sync } = useApp();
  const { draft, data, keeper, asked, answered, firm } = visit;
  const next = nextUnanswered(asked, data.answers, "");
  const to = (rest: string): string => `#/visit/${draft.id}/${rest}`;
  const add = async (): Promise<void> => {
    const finding = newFinding("", "", "", "");
    if (await keeper.change((now) => ({ ...now, findings: [...now.findings, finding] }))) location.hash = to(`problem/${finding.id}`);
  };
  return (
    <Page
      name="overview"
      title={draft.title}
      up={`firm/${draft.enterprise}`}
      keeper={keeper}
      progress={asked.length > 0 ? answered / asked.length : 0}
      foot={
        next ? (
          <>
            <a class="btn main big" href={to(`item/${next.key}`)} data-testid="go-on">
              {answered === 0 ? "从第一项开始" : `接着答，还有${asked.length - answered}项`}
            </a>
            <a class="foot-link" href={to("finish")} data-testid="to-finish">
              去完成
            </a>
          </>
        ) : (
          <a class="btn main big" href={to("finish")} data-testid="to-finish">
            去签字、完成
          </a>
        )
      }
    >
      {visit.lists.length < data.sets.length ? (
        <div class="banner late">
          <p>有清单不在手机上了，请在有信号时到“出发前”下载；已答的都在。</p>
        </div>
      ) : null}
      {firm && firm.open_findings.length > 0 ? (
        <section aria-labelledby="before">
          <h2 id="before" class="over">
            上次的问题<small>看一眼现在的样子</small>
          </h2>
          <div class="lines">
            {firm.open_findings.map((one) => {
              const event = data.events.find((seen) => seen.finding === one.id);
              return <Row key={one.id} id={`open-${one.id}`} href={to(`recheck/${one.id}`)} title={one.text} sub={one.level === "grave" ? "疑似重大" : "一般"} lamp={event ? <Lamp tone={event.kind === "recheck_fail" ? "late" : "ok"}>{event.kind === "recheck_fail" ? "仍未整改" : "已看"}</Lamp> : <Lamp tone="soon">未看</Lamp>} />;
            })}
          </div>
        </section>
      ) : null}
      <section aria-labelledby="walk">
        <h2 id="walk" class="over">
          按走的顺序
          <small data-testid="progress">
            已答 {answered} / {asked.length}
          </small>
        </h2>
        {asked.length === 0 ? <Nothing title="这次没有带清单" /> : null}
        <div class="lines">
          {visit.stretches.map((one) => (
            <Section key={`${one.list.code} ${one.title}`} part={one} visit={visit} />
          ))}
        </div>
      </section>
      <section aria-labelledby="found">
        <h2 id="found" class="over">
          这次记的问题<small>{data.findings.length === 0 ? "没有" : `${data.findings.length}处`}</small>
        </h2>
        <div class="lines">
          {data.findings.map((one) => (
            <Row key={one.id} href={to(`problem/${one.id}`)} title={one.text || "还没写是什么"} sub={one.level === "grave" ? "疑似重大" : one.level === "minor" ? "一般" : "还没选轻重"} lamp={one.fixed_on_spot ? <Lamp tone="ok">已当场整改</Lamp> : null} />
          ))}
        </div>
      </section>
      <Btn onTap={add} id="add-problem">
        记一处清单以外的问题
      </Btn>
      <AskFirst
        words="这次走访已答的、已拍的都会删掉，找不回来。"
        yes="删掉这次走访"
        id="drop"
        onYes={async () => {
          await dropDraft(store, draft.id);
          await sync.changed();
          goInstead("");
        }}
      >
        不做了，删掉
      </AskFirst>
    </Page>
  );
}

function Section({ part, visit }: { part: Stretch; visit: Visit }) {
  const { data, draft } = visit;
  const left = part.asked.filter((one) => !isAnswered(data.answers[one.key]));
  const bad = part.asked.filter((one) => data.answers[one.key]?.value === "bad").length;
  const target = left[0] ?? part.asked[0];
  return (
    <Row
      href={`#/visit/${draft.id}/item/${target?.key ?? ""}`}
      title={part.title.replace(/^[A-Z] /, "")}
      sub={`${part.list.annex} ${shortOf(visit.bundle, part.list)}`}
      lamp={
        <>
          {bad > 0 ? <Lamp tone="late">问题{bad}</Lamp> : null}
          {left.length === 0 ? <Lamp tone="ok">答完</Lamp> : <span class="count">{`${part.asked.length - left.length}/${part.asked.length}`}</span>}
        </>
      }
    />
  );
}
