/** 问题: in place, in a few presses. A similar open one is offered first, so that nothing is counted twice. */

import { useState } from "preact/hooks";
import { go, goInstead } from "../../app/route";
import { addDays, dayWords, today } from "../../kernel/dates";
import { AskFirst, Btn, Chips, Field, Fold, Switch, Text } from "../../parts/inputs";
import { Nothing, Page } from "../../parts/page";
import { Photos } from "../../parts/photos";
import { isGrave, itemKey, nextUnanswered } from "../../record/checklist";
import { similar } from "../../record/visit";
import type { Finding, Firm, OpenFinding, Stop } from "../../wire";
import type { Visit } from "./hook";

const LEVELS = [
  { code: "minor", name: "一般" },
  { code: "grave", name: "疑似重大", tone: "late" },
] as const;
const DAYS = [3, 7, 15, 30];

export function Problem({ visit, id }: { visit: Visit; id: string }) {
  const { keeper, data, draft, asked, bundle, firm } = visit;
  const finding = data.findings.find((one) => one.id === id);
  if (!finding) return <Nothing title="这处问题已经删掉了" />;
  const of = asked.find((one) => one.key === itemKey(finding.checklist, finding.item));
  const set = (change: Partial<Finding>): Promise<boolean> =>
    keeper.change((now) => ({ ...now, findings: now.findings.map((one) => (one.id === id ? { ...one, ...change } : one)) }));
  const onward = (): void => {
    const next = of ? nextUnanswered(asked, data.answers, of.key) : undefined;
    if (!of) go(`visit/${draft.id}`);
    else go(`visit/${draft.id}/${next ? `item/${next.key}` : "finish"}`);
  };
  const remove = async (): Promise<void> => {
    const done = await keeper.change((now) => {
      const answers = { ...now.answers };
      if (of) delete answers[of.key];
      return { ...now, answers, findings: now.findings.filter((one) => one.id !== id) };
    });
    for (const photo of draft.photos.filter((one) => one.where === id)) await keeper.forget(photo.id);
    if (done) goInstead(of ? `visit/${draft.id}/item/${of.key}` : `visit/${draft.id}`);
  };
  const add = (words: string): string => (finding.text.trim() ? `${finding.text.replace(/[。；\s]+$/, "")}；${words}` : words);
  return (
    <Page
      name="problem"
      title="存在问题"
      up={`visit/${draft.id}`}
      keeper={keeper}
      foot={
        <Btn tone="main" isBig id="problem-done" onTap={onward}>
          {finding.text.trim() && finding.level ? "记好了" : "先这样，回头补"}
        </Btn>
      }
    >
      {of ? <p class="about">{of.item.text}</p> : null}
      {firm ? <Similar firm={firm} finding={finding} taken={data.findings.flatMap((one) => (one.repeat_of && one.id !== id ? [one.repeat_of] : []))} set={set} /> : null}
      <Field label="是什么问题">
        <Text name="text" rows={3} value={finding.text} onText={(text) => void set({ text })} placeholder="哪里、什么问题；说或写" />
      </Field>
      <Chips name="phrase" options={phrases(of?.item.text).map((name, index) => ({ code: String(index), name }))} value={[]} onPick={(code) => void set({ text: add(phrases(of?.item.text)[Number(code)] ?? "") })} />
      <Photos keeper={keeper} where={id} label="拍照" {...(of?.item.photo === "required" || of?.item.photo === "on_fail" ? { hint: "这一项要有照片作依据。" } : {})} />
      <Field label="轻重" {...(isGrave(of?.item.level ?? "none") ? { hint: "按清单，这一项不符合可能为重大隐患。疑似重大会马上报综执安监办，由其认定。" } : {})} isGroup>
        <Chips name="level" options={LEVELS} value={[finding.level]} onPick={(level) => void set({ level })} />
      </Field>
      <Switch name="fixed" label="已当场整改" hint="整改后的样子可以再拍一张，不拍也行" isOn={finding.fixed_on_spot} onTurn={(fixed_on_spot) => void set({ fixed_on_spot, ...(fixed_on_spot ? { deadline: null } : {}) })} />
      {finding.fixed_on_spot ? null : <Deadline finding={finding} days={of?.item.days ?? null} set={set} />}
      {of || !bundle ? null : (
        <Field label="属于哪一类" isGroup>
          <Chips name="category" options={bundle.categories} value={[finding.category]} onPick={(category) => void set({ category })} />
        </Field>
      )}
      <Fold id="more-place" label="位置、劝导建议" isOpen={finding.place_text !== "" || finding.advice !== ""}>
        <Field label="在哪个位置">
          <Text name="place" value={finding.place_text} onText={(place_text) => void set({ place_text })} placeholder="如：二号车间东侧出口" />
        </Field>
        <Field label="给企业的劝导建议">
          <Text name="advice" rows={2} value={finding.advice} onText={(advice) => void set({ advice })} placeholder="可以点下面的常用话" />
        </Field>
        <Chips name="advice" options={(bundle?.phrases ?? []).map((name, index) => ({ code: String(index), name }))} value={[]} onPick={(code) => void set({ advice: [finding.advice, bundle?.phrases[Number(code)]].filter(Boolean).join("") })} />
      </Fold>
      <Illegal finding={finding} set={set} />
      <AskFirst words="这处问题连同照片一起删掉？" yes="删掉" id="drop-problem" onYes={remove}>
        记错了，删掉这处问题
      </AskFirst>
    </Page>
  );
}

/** Words for what is usually wrong; the item's own question is the best beginning where there is one. */
function phrases(question: string | undefined): string[] {
  const usual = ["未见记录", "已过期", "损坏或失效", "被堵塞、占用", "没有警示标志", "现场人员说不清"];
  return question && question.length <= 16 ? [`${question.replace(/^是否/, "未")}`, ...usual] : usual;
}

type Set = (change: Partial<Finding>) => Promise<boolean>;

function Similar({ firm, finding, taken, set }: { firm: Firm; finding: Finding; taken: string[]; set: Set }) {
  const [is_other, setOther] = useState(false);
  const found = similar(firm, finding.checklist, finding.item, finding.category, taken);
  if (finding.repeat_of) {
    const same = firm.open_findings.find((one) => one.id === finding.repeat_of);
    return (
      <div class="banner soon" data-testid="repeat">
        <p>记作上次未整改：{same?.text ?? "上次的问题"}</p>
        <Btn onTap={() => set({ repeat_of: null })}>不是同一处</Btn>
      </div>
    );
  }
  if (!found || is_other || finding.text.trim()) return null;
  return (
    <div class="banner soon" role="group" aria-label="上次的问题" data-testid="similar">
      <p>
        上次{found.found ? `（${dayWords(found.found)}）` : ""}的还没有整改完：{found.text}
      </p>
      <div class="row">
        <Btn id="same" onTap={() => set(asRepeat(found))}>
          就是它，仍未整改
        </Btn>
        <Btn id="other" onTap={() => setOther(true)}>
          不是，另记一处
        </Btn>
      </div>
    </div>
  );
}

function asRepeat(found: OpenFinding): Partial<Finding> {
  return { repeat_of: found.id, text: found.text, level: found.level, category: found.category, place_text: found.place_text };
}

function Deadline({ finding, days, set }: { finding: Finding; days: number | null; set: Set }) {
  const now = today();
  const choices = [...new Set([...(days === null ? [] : [days]), ...DAYS])].sort((a, b) => a - b);
  const options = choices.map((count) => ({ code: addDays(now, count), name: count === 0 ? "今天" : `${count}天内${count === days ? "（清单建议）" : ""}` }));
  const is_own = finding.deadline !== null && !options.some((one) => one.code === finding.deadline);
  return (
    <Field label="建议什么时候前整改好" {...(finding.deadline ? { hint: `${dayWords(finding.deadline)}前` } : {})} isGroup>
      <Chips name="deadline" options={options} value={[finding.deadline ?? ""]} onPick={(deadline) => void set({ deadline })} />
      <Fold id="deadline-other" label="另选一天" isOpen={is_own}>
        <Text type="date" name="deadline-own" label="另选一天" value={is_own ? (finding.deadline ?? "") : ""} onText={(deadline) => void set({ deadline: deadline || null })} />
      </Fold>
    </Field>
  );
}

const NO_STOP: Stop = { told_name: "", told_at_ms: 0, how: "", result: "", why_not: "" };
const HOW = [
  { code: "in_person", name: "上门当面" },
  { code: "phone", name: "电话" },
  { code: "chat", name: "微信" },
  { code: "paper", name: "书面" },
];
const RESULTS = [
  { code: "stopped", name: "已停止" },
  { code: "refused", name: "拒不停止" },
] as const;

/** A suspected violation goes to the village and the hub as a problem; the officer tells to stop first, and writes that down. */
function Illegal({ finding, set }: { finding: Finding; set: Set }) {
  const stop = finding.stop ?? NO_STOP;
  const put = (change: Partial<Stop>): Promise<boolean> => set({ stop: { ...stop, ...change } });
  const told = (change: Partial<Stop>): Promise<boolean> => put({ told_at_ms: stop.told_at_ms || Date.now(), ...change });
  return (
    <>
      <Switch
        name="is-problem"
        label="疑似违法违规，上报为企业问题"
        hint="村（社区）和中转站会同时收到"
        isOn={finding.is_problem}
        onTurn={(is_problem) => void set({ is_problem, stop: is_problem ? stop : null })}
      />
      {finding.is_problem ? (
        <div class="more" data-testid="stop">
          <h2>告知中止</h2>
          <Field label="告知了谁">
            <Text name="told-name" value={stop.told_name} onText={(told_name) => void told({ told_name })} placeholder="姓名、职务" />
          </Field>
          <Field label="怎样告知的" isGroup>
            <Chips name="told-how" options={HOW} value={[stop.how]} onPick={(how) => void told({ how })} />
          </Field>
          <Field label="企业的反应" isGroup>
            <Chips name="told-result" options={RESULTS} value={[stop.result]} onPick={(result) => void told({ result })} />
          </Field>
          <Field label="没能告知的，写明原因">
            <Text name="why-not" value={stop.why_not} onText={(why_not) => void put({ why_not })} />
          </Field>
        </div>
      ) : null}
    </>
  );
}
