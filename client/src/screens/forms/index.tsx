/** The smaller records: begun with one press, kept as they are filled in, finished at the foot of the screen. */

import { useEffect, useState } from "preact/hooks";
import { firmOf, useApp } from "../../app/app";
import { type Keeper, useKeeper, useUntouched } from "../../app/keeper";
import { goInstead } from "../../app/route";
import { AskFirst, Btn } from "../../parts/inputs";
import { Loading, Nothing, Page } from "../../parts/page";
import { blank, formBody, type FormData, type FormKind, lacks } from "../../record/forms";
import { freeze } from "../../record/freeze";
import { KIND_WORDS } from "../../record/kinds";
import { allDrafts, dropDraft, newDraft, saveDraft } from "../../store/drafts";
import type { Draft } from "../../store/rows";
import type { Store } from "../../store/store";
import type { Bundle, Firm } from "../../wire";
import { AccidentForm } from "./accident";
import { AlertForm } from "./alert";
import { DemandForm, ContactForm } from "./firm";
import { FactsForm } from "./facts";
import { MeetingForm } from "./meeting";
import { PublicityForm } from "./publicity";
import { TaskForm } from "./task";

export interface FormProps<Data extends object> {
  keeper: Keeper<Data>;
  data: Data;
  set: (change: Partial<Data>) => Promise<boolean>;
  firm: Firm | undefined;
  bundle: Bundle | undefined;
}

const FORMS = {
  demand: DemandForm,
  contact: ContactForm,
  meeting: MeetingForm,
  publicity: PublicityForm,
  alert: AlertForm,
  task: TaskForm,
  accident: AccidentForm,
  facts: FactsForm,
} as const;

/** `#/new/<kind>/<firm or matter>`: makes the draft and goes on to it. */
export function Begin({ kind, about }: { kind: string; about: number | undefined }) {
  const { held, store } = useApp();
  const [fault, setFault] = useState("");
  useEffect(() => {
    if (!(kind in FORMS)) return;
    begin(store, kind as FormKind, about, held?.bundle).then(
      (draft) => goInstead(`form/${draft.id}`),
      (error: unknown) => setFault(error instanceof Error ? error.message : "没有存下，请再试一次。"),
    );
  }, [store, kind, about]);
  return fault ? (
    <Page name="form" title="">
      <Nothing title={fault} />
    </Page>
  ) : (
    <Loading />
  );
}

/** A matter of the town is answered in one draft, however often it is opened. */
async function begin(store: Store, kind: FormKind, about: number | undefined, bundle: Bundle | undefined): Promise<Draft> {
  const made = draftOf(kind, about, bundle);
  const matter = JSON.stringify(matterOf(kind, made.data));
  const begun = (await allDrafts(store)).find((one) => one.kind === kind && matter !== undefined && JSON.stringify(matterOf(kind, one.data)) === matter);
  return begun ?? saveDraft(store, made);
}

function matterOf(kind: FormKind, data: object): number | undefined {
  if (kind === "alert") return (data as FormData["alert"]).alert;
  if (kind === "publicity") return (data as FormData["publicity"]).batch;
  return kind === "task" ? (data as FormData["task"]).task : undefined;
}

function draftOf(kind: FormKind, about: number | undefined, bundle: Bundle | undefined): ReturnType<typeof newDraft> {
  const at = (id: string): string => `form/${id}`;
  const matter = kind === "alert" ? bundle?.alerts : kind === "publicity" ? bundle?.batches : kind === "task" ? bundle?.tasks : undefined;
  if (matter) {
    const found = matter.find((one) => one.id === about);
    const enterprise = found && "enterprise" in found ? found.enterprise : null;
    return newDraft(kind, enterprise, found?.title ?? KIND_WORDS[kind], blank(kind, found), at);
  }
  const firm = firmOf(bundle, about ?? null);
  return newDraft(kind, firm?.id ?? null, firm ? firm.short || firm.name : KIND_WORDS[kind], blank(kind, undefined), at);
}

/** `#/form/<draft>`. */
export function FormScreen({ id }: { id: string }) {
  const { held, store, sync } = useApp();
  const keeper = useKeeper<object>(id);
  useUntouched(keeper);
  const draft = keeper.draft;
  if (keeper.state === "gone") {
    return (
      <Page name="gone" title="">
        <Nothing title="这一条已经完成或删掉了">
          <a class="btn" href="#/sync">
            到同步中心看看
          </a>
        </Nothing>
      </Page>
    );
  }
  if (!draft) return <Loading />;
  const kind = draft.kind as FormKind;
  const firm = firmOf(held?.bundle, draft.enterprise);
  const missing = needsFirm(kind) && draft.enterprise === null ? "先选企业" : lacks(kind, draft.data);
  const finish = async (): Promise<void> => {
    if (!(await keeper.flush()) || !keeper.draft) return;
    const now = keeper.draft;
    const parcel = await freeze(store, { ...now, title: titleOf(kind, now.data, now.title) }, formBody(kind, now.data, now.photos));
    void sync.kick("finalize");
    goInstead(`done/${parcel.id}`);
  };
  const drop = async (): Promise<void> => {
    await dropDraft(store, id);
    await sync.changed();
    goInstead("");
  };
  const Form = FORMS[kind] as (props: FormProps<object>) => ReturnType<typeof Loading>;
  return (
    <Page
      name={kind}
      title={KIND_WORDS[kind]}
      up={firm ? `firm/${firm.id}` : ""}
      keeper={keeper}
      foot={
        <>
          {missing ? <p class="foot-words">{missing}</p> : null}
          <Btn tone={kind === "accident" ? "danger" : "main"} isBig id="finish" isOff={Boolean(missing)} onTap={finish}>
            {kind === "accident" ? "马上报告" : "完成，交给镇里"}
          </Btn>
        </>
      }
    >
      {firm && kind !== "accident" ? <p class="about">{firm.name}</p> : null}
      <Form keeper={keeper} data={draft.data} firm={firm} bundle={held?.bundle} set={(change) => keeper.change((now) => ({ ...now, ...change }))} />
      <AskFirst words="这一条连同照片一起删掉？" yes="删掉" id="drop" onYes={drop}>
        不记了，删掉
      </AskFirst>
    </Page>
  );
}

export function needsFirm(kind: FormKind): boolean {
  return kind === "demand" || kind === "contact" || kind === "facts";
}

function titleOf(kind: FormKind, data: object, title: string): string {
  if (kind === "meeting") return (data as FormData["meeting"]).topic || title;
  return title;
}
