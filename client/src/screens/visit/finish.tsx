/** 完成: what is missing, said before it is too late; then everything is frozen and on its way. */

import { useState } from "preact/hooks";
import { useApp } from "../../app/app";
import { goInstead } from "../../app/route";
import { Card, Lamp } from "../../parts/bits";
import { Icon } from "../../parts/icon";
import { Btn, Chips, Field, Text } from "../../parts/inputs";
import { Page } from "../../parts/page";
import { Photos, Picture } from "../../parts/photos";
import { freeze } from "../../record/freeze";
import { locate } from "../../record/place";
import { missing, visitBody } from "../../record/visit";
import { thumbsOf } from "../../store/outbox";
import { useLive } from "../../app/app";
import type { Visit } from "./hook";

export function Finish({ visit }: { visit: Visit }) {
  const { store, sync, say } = useApp();
  const { keeper, draft, data, lists, bundle } = visit;
  const [is_asking, setAsking] = useState(false);
  const lacks = missing(data, lists, draft.photos);
  const must = lacks.filter((one) => one.must);
  const signature = draft.photos.find((one) => one.role === "signature");
  const thumbs = useLive(() => thumbsOf(store, draft.id), [draft.photos.length]);
  const finish = async (): Promise<void> => {
    if (lacks.length > 0 && !is_asking) {
      setAsking(true);
      return;
    }
    if (!(await keeper.flush()) || !keeper.draft) return;
    const now = keeper.draft;
    const parcel = await freeze(store, now, visitBody(now.data, lists, now.photos, Date.now()));
    void sync.kick("finalize");
    goInstead(`done/${parcel.id}`);
  };
  const place = async (): Promise<void> => {
    const found = await locate();
    if (await keeper.alter((now) => ({ ...now, place: found }))) say(`已附上位置，误差约${found.accuracy_m}米`);
  };
  const to = (at: string): string => `#/visit/${draft.id}/${at}`;
  const ack = data.acknowledgement;
  return (
    <Page
      name="finish"
      title="完成走访"
      up={`visit/${draft.id}`}
      keeper={keeper}
      foot={
        <>
          {must.length > 0 ? <p class="foot-words">上面红色的补上就能完成</p> : is_asking ? <p class="foot-words">还有{lacks.length}处没做完，完成后不能再改。</p> : null}
          <Btn tone="main" isBig id="finish" isOff={must.length > 0} onTap={finish}>
            {is_asking && lacks.length > 0 ? "仍要完成" : "完成，交给镇里"}
          </Btn>
        </>
      }
    >
      {lacks.length > 0 ? (
        <div class="lacks" data-testid="lacks">
          {lacks.map((one) => (
            <a key={one.words} class={`lack ${one.must ? "late" : "soon"}`} href={to(one.at)}>
              <span>{one.words}</span>
              <Icon name="next" />
            </a>
          ))}
        </div>
      ) : (
        <p class="all-there">
          <Icon name="check" />
          都齐了
        </p>
      )}
      <Card title="企业代表">
        <p class="fact">
          <span>
            {ack.how === "signature" ? `${ack.name || "企业代表"}签字` : ack.how === "refused" ? `${ack.name || "企业代表"}拒签：${ack.reason}` : ack.how === "absent" ? `无人在场：${ack.reason}` : "还没有选"}
          </span>
          <a class="btn" href={to("sign")} data-testid="to-sign">
            {ack.how ? "改" : "去签字"}
          </a>
        </p>
        {signature ? <span class="signature"><Picture url={thumbs?.find((one) => one.id === signature.id)?.url ?? ""} words="签字" /></span> : null}
      </Card>
      <Field label="企业现在" isGroup>
        <Chips name="status" options={bundle?.terms["status"] ?? []} value={[data.status]} onPick={(status) => void keeper.change((now) => ({ ...now, status: now.status === status ? "" : status }))} />
      </Field>
      <Field label="还有什么要说的">
        <Text name="summary" rows={2} value={data.summary} onText={(summary) => void keeper.change((now) => ({ ...now, summary }))} placeholder="可以不写" />
      </Field>
      <Photos keeper={keeper as never} where="" label="现场照片" />
      <div class="row">
        <Btn id="place" onTap={place}>
          <Icon name="pin" />
          {draft.place ? "重新定位" : "附上位置"}
        </Btn>
        {draft.place ? <Lamp tone="ok">已附上，误差约{draft.place.accuracy_m}米</Lamp> : <span class="quiet">不附也行</span>}
      </div>
    </Page>
  );
}
