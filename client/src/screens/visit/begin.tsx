/** Before going in: what kind of visit, which lists come along, is it a day for it. */

import { useState } from "preact/hooks";
import { firmOf, useApp, useLive } from "../../app/app";
import { goInstead } from "../../app/route";
import { dayWords, momentWords } from "../../kernel/dates";
import { Card, Lamp } from "../../parts/bits";
import { Btn, Chips, Field } from "../../parts/inputs";
import { Nothing, Page } from "../../parts/page";
import { newVisit, quietOn } from "../../record/visit";
import { allDrafts, newDraft, saveDraft } from "../../store/drafts";
import { heldChecklists } from "../../store/town";
import { APP } from "../../wire";

export function Begin({ id }: { id: number }) {
  const { held, store } = useApp();
  const firm = firmOf(held?.bundle, id);
  const [nature, setNature] = useState("");
  const [exception, setException] = useState("");
  const [left_out, setLeftOut] = useState<string[]>([]);
  const [joint, setJoint] = useState<number[]>([]);
  const begun = useLive(async () => (await allDrafts(store)).find((one) => one.kind === "visit" && one.enterprise === id) ?? null, [id]);
  const have = useLive(() => heldChecklists(store), []);
  const min_app = useLive(() => store.meta("min_app"), []);
  const revoked = useLive(() => store.meta("revoked"), []);
  if (!held || !firm) return <Nothing title="这家企业不在手机上" />;
  const { bundle } = held;
  const needed = bundle.checklists.filter((one) => firm.checklists.includes(one.code));
  const chosen = needed.filter((one) => have?.includes(one.sha256) && !left_out.includes(one.code));
  const picked = bundle.natures.find((one) => one.code === nature);
  const quiet = nature ? quietOn(firm, picked) : undefined;
  const is_old = Boolean(min_app) && Number(min_app) > Number(APP);
  const begin = async (): Promise<void> => {
    const data = { ...newVisit(firm, chosen), nature, exception, joint_with: joint };
    const draft = await saveDraft(
      store,
      newDraft("visit", firm.id, firm.short || firm.name, data, (made) => `visit/${made}`),
    );
    goInstead(`visit/${draft.id}`);
  };
  const why_not = is_old ? "手机上的程序太旧，请在有信号时重新打开本页再开始。" : revoked ? "这部手机已注销，不能开始新的走访。" : "";
  return (
    <Page
      name="begin"
      title={firm.short || firm.name}
      up={`firm/${firm.id}`}
      foot={
        <>
          {why_not ? <p class="foot-words">{why_not}</p> : !nature ? <p class="foot-words">先选这次是什么性质</p> : null}
          <Btn tone="main" isBig id="begin" isOff={!nature || Boolean(why_not) || (Boolean(quiet) && !exception)} onTap={begin}>
            开始走访
          </Btn>
        </>
      }
    >
      {begun ? (
        <div class="banner soon">
          <p>这家企业有一次没做完的走访（{momentWords(begun.touched_ms)}记的），接着做就好。</p>
          <a class="btn" href={`#/${begun.at}`} data-testid="continue">
            接着做
          </a>
        </div>
      ) : null}
      <Field label="这次是什么性质" isGroup>
        <Chips name="nature" options={bundle.natures} value={[nature]} onPick={setNature} />
      </Field>
      {quiet ? (
        <Card tone="soon">
          <p>
            今天在宁静日内（{dayWords(quiet.from)}到{dayWords(quiet.to)}）。要去，请选明原因；没有特别情况请改期。
          </p>
          <Chips name="exception" options={bundle.quiet_exceptions} value={[exception]} onPick={setException} />
        </Card>
      ) : null}
      <Field label="带上哪些清单" hint="一次走访、一次签字，应查的一起看完。" isGroup>
        <div class="stack-s">
          {needed.map((one) => {
            const is_here = have?.includes(one.sha256) ?? false;
            return (
              <label class="switch" key={one.code}>
                <input
                  type="checkbox"
                  checked={is_here && !left_out.includes(one.code)}
                  disabled={!is_here}
                  onChange={(event) => setLeftOut(event.currentTarget.checked ? left_out.filter((code) => code !== one.code) : [...left_out, one.code])}
                />
                <span>
                  {one.title}
                  {one.is_draft && !one.title.includes("草案") ? "（草案）" : ""}
                  {is_here ? null : <small>还没有下载到手机</small>}
                </span>
              </label>
            );
          })}
        </div>
      </Field>
      {firm.planned.filter((one) => one.office_id).length > 0 ? (
        <Field label="和谁一起去（综合查一次）" isGroup>
          <Chips
            name="joint"
            isMany
            options={firm.planned.filter((one) => one.office_id).map((one) => ({ code: String(one.office_id), name: `${one.office} ${dayWords(one.on)}` }))}
            value={joint.map(String)}
            onPick={(code) => setJoint(joint.includes(Number(code)) ? joint.filter((one) => one !== Number(code)) : [...joint, Number(code)])}
          />
        </Field>
      ) : null}
      {firm.open_findings.length > 0 ? (
        <p class="quiet">
          <Lamp tone="soon">未了隐患{firm.open_findings.length}条</Lamp> 走访时一并看一眼。
        </p>
      ) : null}
    </Page>
  );
}
