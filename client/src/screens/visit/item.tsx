/** One item: the question large, three answers under the thumb, none chosen beforehand. Kept before it moves on. */

import { useState } from "preact/hooks";
import { go, goInstead } from "../../app/route";
import { dayWords } from "../../kernel/dates";
import { Field, Text } from "../../parts/inputs";
import { Page } from "../../parts/page";
import { Photos } from "../../parts/photos";
import { basisWords, isGrave, nextUnanswered, wantsPhoto, type Asked } from "../../record/checklist";
import { newFinding, type Answer } from "../../record/visit";
import { Nothing } from "../../parts/page";
import { shortOf, type Visit } from "./hook";

const MARKS = [
  { code: "ok", name: "符合", tone: "ok" },
  { code: "bad", name: "存在问题", tone: "bad" },
  { code: "na", name: "不涉及", tone: "na" },
] as const;
type Mark = (typeof MARKS)[number]["code"];

export function ItemScreen({ visit, at }: { visit: Visit; at: string }) {
  const { draft, asked, keeper, data, answered } = visit;
  const place = asked.findIndex((one) => one.key === at);
  const one = asked[place];
  const [more, showMore] = useState("");
  if (!one) return <Nothing title="没有这一项" />;
  const answer = data.answers[one.key] ?? { value: "", note: "" };
  const left = asked.length - answered;
  const to = (rest: string): string => `visit/${draft.id}/${rest}`;
  const before = asked[place - 1];
  const set = (change: Partial<Answer>): Promise<boolean> =>
    keeper.change((now) => ({ ...now, answers: { ...now.answers, [one.key]: { ...(now.answers[one.key] ?? { value: "", note: "" }), ...change } } }));
  const onward = (): void => {
    const now = keeper.draft?.data ?? data;
    const next = nextUnanswered(asked, now.answers, one.key);
    go(next ? to(`item/${next.key}`) : to("finish"));
  };
  const mark = async (value: Mark): Promise<void> => {
    if (!(await set({ value }))) return; // said in red; nobody is moved on from what is not kept
    const finding = keeper.draft?.data.findings.find((found) => found.checklist === one.list.code && found.item === one.item.key);
    if (value === "bad") {
      const made = finding ?? newFinding(one.list.code, one.item.key, one.item.text, visit.bundle?.checklists.find((list) => list.code === one.list.code)?.category ?? "");
      if (!finding && !(await keeper.change((now) => ({ ...now, findings: [...now.findings, made] })))) return;
      go(to(`problem/${made.id}`));
    } else onward();
  };
  const photographed = new Set(draft.photos.map((photo) => photo.where));
  const is_more = more === one.key || answer.note !== "" || photographed.has(one.key) || wantsPhoto(one, data, photographed);
  return (
    <Page
      name="item"
      title={draft.title}
      up={to("")}
      keeper={keeper}
      progress={answered / asked.length}
      foot={
        <>
          {one.item.answer === "yn" ? (
            <div class="marks">
              {MARKS.map((each) => (
                <button key={each.code} type="button" class={`mark ${each.tone}`} aria-pressed={answer.value === each.code} data-testid={`mark-${each.code}`} onClick={() => void mark(each.code)}>
                  {each.name}
                </button>
              ))}
            </div>
          ) : (
            <button class="btn main big" type="button" data-testid="next" onClick={onward}>
              {answer.value ? "下一项" : "先空着，下一项"}
            </button>
          )}
          <div class="foot-row">
            <button type="button" class="foot-link" disabled={!before} onClick={() => before && goInstead(to(`item/${before.key}`))} data-testid="previous">
              上一项
            </button>
            <a class="foot-link" href={`#/${to("")}`} data-testid="left">
              未答 {left} 项
            </a>
            <button type="button" class="foot-link" onClick={() => showMore(one.key)} data-testid="more">
              备注 · 拍照
            </button>
          </div>
        </>
      }
    >
      <Question one={one} visit={visit} place={place} />
      <OtherAnswer one={one} answer={answer} onValue={(value) => void set({ value })} />
      {is_more ? (
        <div class="more">
          <Field label="备注">
            <Text name="note" rows={2} value={answer.note} onText={(note) => void set({ note })} placeholder="可以不写；用语音键盘更快" />
          </Field>
          <Photos keeper={keeper} where={one.key} {...(wantsPhoto(one, data, photographed) ? { hint: "这一项要有照片作依据。" } : {})} />
        </div>
      ) : null}
    </Page>
  );
}

function Question({ one, visit, place }: { one: Asked; visit: Visit; place: number }) {
  const { item, list } = one;
  const before = visit.firm?.open_findings.find((found) => found.checklist === list.code && found.item === item.key);
  return (
    <>
      <p class="where">
        <span>
          {list.annex} {shortOf(visit.bundle, list)} · {item.section.replace(/^[A-Z] /, "")}
        </span>
        <span class="num" data-testid="place">
          {place + 1} / {visit.asked.length}
        </span>
        {list.is_draft ? <span class="clause">草案</span> : null}
      </p>
      <p class="question" data-testid="question">
        {item.text}
      </p>
      {item.hint ? <p class="quiet">{item.hint}</p> : null}
      {isGrave(item.level) ? <p class="grave">不符合可能为重大隐患</p> : null}
      {item.basis.length > 0 ? <p class="basis">{basisWords(item)}</p> : null}
      {before ? (
        <p class="before" data-testid="before">
          上次{before.found ? `（${dayWords(before.found)}）` : ""}这一项存在问题：{before.text}
          {before.state_name ? `，${before.state_name}` : ""}。请看一眼现在的样子。
        </p>
      ) : null}
    </>
  );
}

function OtherAnswer({ one, answer, onValue }: { one: Asked; answer: Answer; onValue: (value: string) => void }) {
  const { item } = one;
  if (item.answer === "yn") return null;
  if (item.answer === "choice") {
    return (
      <div class="chips" role="group" aria-label="选一个">
        {item.choices.map((each) => (
          <button key={each.code} type="button" class="pick" aria-pressed={answer.value === each.code} onClick={() => onValue(each.code)}>
            {each.label}
          </button>
        ))}
      </div>
    );
  }
  if (item.answer === "date") return <Text key={one.key} type="date" name="value" label="日期" value={answer.value} onText={onValue} />;
  if (item.answer === "number") return <Text key={one.key} type="number" name="value" label="数字" value={answer.value} onText={onValue} />;
  return <Text key={one.key} rows={3} name="value" label="回答" placeholder="说或写；用语音键盘更快" value={answer.value} onText={onValue} />;
}
