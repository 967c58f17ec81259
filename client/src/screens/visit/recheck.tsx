/** 隐患复查: how it was beside how it is. Inside a visit it travels with the visit; alone it is a record of its own. */

import { useEffect, useState } from "preact/hooks";
import { firmOf, nameOf, useApp, useLive } from "../../app/app";
import { type Keeper, useKeeper, useUntouched } from "../../app/keeper";
import { back, goInstead } from "../../app/route";
import { addDays, dayWords, momentWords, today } from "../../kernel/dates";
import { uuid } from "../../kernel/uuid";
import { Card } from "../../parts/bits";
import { Btn, Chips, Field, Text } from "../../parts/inputs";
import { Nothing, Page } from "../../parts/page";
import { Photos, Picture } from "../../parts/photos";
import { freeze } from "../../record/freeze";
import { allDrafts, newDraft, saveDraft } from "../../store/drafts";
import type { Draft } from "../../store/rows";
import type { FindingEvent, OpenFinding } from "../../wire";
import type { Visit } from "./hook";

type Choice = { code: FindingEvent["kind"]; name: string; tone?: string };
const MINOR: readonly Choice[] = [
  { code: "recheck_pass", name: "已整改好", tone: "ok" },
  { code: "recheck_fail", name: "仍未整改", tone: "late" },
  { code: "advised", name: "再次劝导" },
  { code: "transferred", name: "移送综执安监办" },
];
/** What only the safety office rechecks and closes: an officer says what he saw. */
const GRAVE: readonly Choice[] = [
  { code: "rectified_claim", name: "看上去已整改，报复查", tone: "ok" },
  { code: "advised", name: "仍未整改，再次劝导", tone: "late" },
];

function isSafetys(finding: OpenFinding): boolean {
  return finding.level !== "minor" || finding.state === "transferred";
}

export function newEvent(finding: OpenFinding): FindingEvent {
  return { id: uuid(), finding: finding.id, base_version: finding.version, kind: "advised", text: "", photos: [], until: null, made_ms: Date.now() };
}

/** Inside a visit. */
export function VisitRecheck({ visit, id }: { visit: Visit; id: string }) {
  const finding = visit.firm?.open_findings.find((one) => one.id === id);
  const event = visit.data.events.find((one) => one.finding === id);
  if (!finding) return <Nothing title="这条隐患不在手机上" />;
  const set = (change: Partial<FindingEvent>): Promise<boolean> =>
    visit.keeper.change((now) => ({
      ...now,
      events: now.events.some((one) => one.finding === id)
        ? now.events.map((one) => (one.finding === id ? { ...one, ...change, made_ms: Date.now() } : one))
        : [...now.events, { ...newEvent(finding), ...change }],
    }));
  return (
    <Page
      name="recheck"
      title="上次的问题"
      up={`visit/${visit.draft.id}`}
      keeper={visit.keeper}
      foot={
        <Btn tone="main" isBig id="recheck-done" isOff={!event} onTap={() => back(`visit/${visit.draft.id}`)}>
          记好了
        </Btn>
      }
    >
      <Before finding={finding} />
      <Look finding={finding} keeper={visit.keeper as never} event={event} set={set} />
    </Page>
  );
}

interface EventData {
  event: FindingEvent;
  is_chosen: boolean;
}

/** From the firm's card, without a visit: a draft is made at once, so that the first press is already kept. */
export function BeginRecheck({ firm_id, id }: { firm_id: number; id: string }) {
  const { held, store } = useApp();
  const firm = firmOf(held?.bundle, firm_id);
  const finding = firm?.open_findings.find((one) => one.id === id);
  const [fault, setFault] = useState("");
  useEffect(() => {
    if (!firm || !finding) return;
    const data: EventData = { event: newEvent(finding), is_chosen: false };
    const made = newDraft("finding_event", firm.id, `${firm.short || firm.name}：${finding.text}`.slice(0, 60), data, (draft) => `event/${draft}`);
    const begin = async (): Promise<Draft> => (await allDrafts(store)).find((one) => one.kind === "finding_event" && (one.data as EventData).event.finding === id) ?? saveDraft(store, made);
    begin().then(
      (draft) => goInstead(`event/${draft.id}`),
      (error: unknown) => setFault(error instanceof Error ? error.message : ""),
    );
  }, [store, finding?.id]);
  if (fault) return <Nothing title={fault} />;
  return finding ? null : <Nothing title="这条隐患不在手机上" />;
}

export function EventScreen({ id }: { id: string }) {
  const { held, store, sync } = useApp();
  const keeper = useKeeper<EventData>(id);
  useUntouched(keeper);
  const draft = keeper.draft;
  if (keeper.state === "gone") return <Nothing title="这条已经记好了" />;
  if (!draft) return null;
  const finding = firmOf(held?.bundle, draft.enterprise)?.open_findings.find((one) => one.id === draft.data.event.finding);
  const { event, is_chosen } = draft.data;
  const set = (change: Partial<FindingEvent>): Promise<boolean> => keeper.change((now) => ({ event: { ...now.event, ...change, made_ms: Date.now() }, is_chosen: now.is_chosen || change.kind !== undefined }));
  const finish = async (): Promise<void> => {
    if (!(await keeper.flush()) || !keeper.draft) return;
    const photos = keeper.draft.photos.map((one) => one.id);
    const parcel = await freeze(store, keeper.draft, { ...keeper.draft.data.event, photos });
    void sync.kick("finalize");
    goInstead(`done/${parcel.id}`);
  };
  return (
    <Page
      name="event"
      title="隐患复查"
      up={`firm/${draft.enterprise}`}
      keeper={keeper}
      foot={
        <Btn tone="main" isBig id="finish" isOff={!is_chosen} onTap={finish}>
          完成
        </Btn>
      }
    >
      {finding ? <Before finding={finding} /> : null}
      <Look finding={finding} keeper={keeper as never} event={is_chosen ? event : undefined} set={set} where="" />
    </Page>
  );
}

function Before({ finding }: { finding: OpenFinding }) {
  const { store, held } = useApp();
  const thumbs = useLive(() => store.read(["thumbs"], (tx) => Promise.all(finding.photos.map((one) => tx.objectStore("thumbs").get(one)))), [finding.id]);
  const category = nameOf(held?.bundle.categories, finding.category);
  return (
    <Card title={`${finding.level === "minor" ? "一般" : finding.level === "major" ? "重大" : "疑似重大"}隐患`}>
      <p class="strong">{finding.text}</p>
      <p class="quiet">{[category, finding.place_text, finding.found ? `${dayWords(finding.found)}发现` : "", finding.due ? `${dayWords(finding.due)}前整改` : ""].filter(Boolean).join(" · ")}</p>
      {finding.advice ? <p class="quiet">当时的建议：{finding.advice}</p> : null}
      <div class="photo-row">{thumbs?.map((one) => (one ? <Picture key={one.id} url={one.url} words="上次的照片" /> : null))}</div>
      {finding.events.map((one) => (
        <p class="fact" key={one.at + one.kind}>
          <span>
            {one.name ?? one.kind}
            {one.text ? `：${one.text}` : ""}
          </span>
          <small>{momentWords(one.at)}</small>
        </p>
      ))}
      {isSafetys(finding) ? <p class="quiet">这一条由综执安监办复查、销号，您看到的情况会马上报去。</p> : null}
    </Card>
  );
}

interface LookProps {
  finding: OpenFinding | undefined;
  keeper: Keeper;
  event: FindingEvent | undefined;
  set: (change: Partial<FindingEvent>) => Promise<boolean>;
  where?: string;
}

function Look({ finding, keeper, event, set, where }: LookProps) {
  const from = [today(), finding?.due ?? ""].sort()[1]!;
  const options = [3, 7, 15].map((days) => addDays(from, days)).map((day) => ({ code: day, name: dayWords(day) }));
  return (
    <>
      <Field label="现在的样子" isGroup>
        <Chips name="event" options={finding && isSafetys(finding) ? GRAVE : MINOR} value={[event?.kind ?? ""]} onPick={(kind) => void set({ kind, until: null })} />
      </Field>
      {event ? (
        <>
          <Photos keeper={keeper} where={where ?? event.id} label="拍现在" />
          <Field label="说明">
            <Text name="text" rows={2} value={event.text} onText={(text) => void set({ text })} placeholder="看到的情况、说了什么" />
          </Field>
          {event.kind === "recheck_fail" ? (
            <Field label="再给到哪天整改好" hint="只能延一次；到期仍未整改的请移送。" isGroup>
              <Chips name="until" options={options} value={[event.until ?? ""]} onPick={(until) => void set({ until: event.until === until ? null : until })} />
            </Field>
          ) : null}
        </>
      ) : null}
    </>
  );
}
