/** 签字: signing, refusing and nobody there are equal; each is said with its reason. The pad is fetched only when it is used. */

import { useEffect, useState } from "preact/hooks";
import type { ComponentType } from "preact";
import { go } from "../../app/route";
import { Btn, Chips, Field, Text } from "../../parts/inputs";
import { Page } from "../../parts/page";
import type { PadProps } from "../../lazy/pad";
import type { Acknowledgement } from "../../record/visit";
import type { Visit } from "./hook";

const HOW = [
  { code: "signature", name: "签字" },
  { code: "refused", name: "拒签" },
  { code: "absent", name: "无人在场" },
] as const;

export function Sign({ visit }: { visit: Visit }) {
  const { keeper, data, draft, firm } = visit;
  const mine = data.acknowledgement;
  const [is_open, setOpen] = useState(false);
  const set = (change: Partial<Acknowledgement>): Promise<boolean> => keeper.change((now) => ({ ...now, acknowledgement: { ...now.acknowledgement, ...change } }));
  const sign = async (strokes: unknown[], picture: { bytes: ArrayBuffer; thumb_url: string }): Promise<void> => {
    for (const old of draft.photos.filter((one) => one.role === "signature")) await keeper.forget(old.id);
    const is_kept = (await set({ strokes })) && (await keeper.attach({ ...picture, type: "image/png" }, "sign", "signature"));
    if (is_kept) setOpen(false);
  };
  if (is_open) return <LazyPad strokes={mine.strokes} onStrokes={(strokes) => void set({ strokes })} onDone={sign} onBack={() => setOpen(false)} name={mine.name} />;
  const signed = draft.photos.some((one) => one.role === "signature");
  const is_ready = mine.how === "signature" ? signed : mine.how !== "" && mine.reason.trim() !== "";
  return (
    <Page
      name="sign"
      title="企业代表"
      up={`visit/${draft.id}/finish`}
      keeper={keeper}
      foot={
        <Btn tone="main" isBig id="sign-done" isOff={!is_ready} onTap={() => go(`visit/${draft.id}/finish`)}>
          记好了
        </Btn>
      }
    >
      <p class="about">请企业在场的人看一遍这次记的内容。签不签由他，三样都一样作数。</p>
      <Chips name="how" options={HOW} value={[mine.how]} onPick={(how) => void set({ how })} />
      {mine.how === "absent" ? null : (
        <>
          <Field label="企业在场的人">
            <Text name="rep" value={mine.name} onText={(name) => void set({ name })} placeholder="姓名、职务" />
          </Field>
          <Chips name="rep" options={(firm?.contacts ?? []).map((one) => ({ code: one.name, name: one.name }))} value={[mine.name]} onPick={(name) => void set({ name })} />
        </>
      )}
      {mine.how === "signature" ? (
        <Btn isBig id="open-pad" onTap={() => setOpen(true)}>
          {signed ? "已签，重签一次" : "请他签字"}
        </Btn>
      ) : null}
      {mine.how === "refused" || mine.how === "absent" ? (
        <>
          <Field label={mine.how === "refused" ? "他说的原因" : "现场的情况"}>
            <Text name="reason" rows={2} value={mine.reason} onText={(reason) => void set({ reason })} />
          </Field>
          <Chips name="reason" options={(mine.how === "refused" ? ["对记录有异议", "要请示负责人", "没有说原因"] : ["厂门关着", "只有门卫", "负责人外出"]).map((name) => ({ code: name, name }))} value={[mine.reason]} onPick={(reason) => void set({ reason })} />
        </>
      ) : null}
    </Page>
  );
}

function LazyPad(props: PadProps) {
  const [Pad, setPad] = useState<ComponentType<PadProps>>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    import("../../lazy/pad").then(
      (part) => setPad(() => part.Pad),
      () => setFailed(true),
    );
  }, []);
  if (failed) {
    return (
      <div class="banner late" role="alert">
        <p>签字板没有下载到手机上。请在有信号时重新打开本页，或写明情况选“拒签”“无人在场”。</p>
        <Btn onTap={props.onBack}>返回</Btn>
      </div>
    );
  }
  return Pad ? <Pad {...props} /> : null;
}
