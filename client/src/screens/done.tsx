/** After finishing: where the record is, in three plain words, and what to do if an accident has not arrived. */

import { useApp, useLive, useSync } from "../app/app";
import { momentWords } from "../kernel/dates";
import { Card } from "../parts/bits";
import { Icon } from "../parts/icon";
import { Btn } from "../parts/inputs";
import { Nothing, Page } from "../parts/page";
import { KIND_WORDS, ON_PHONE, received, SENDING, whyWords } from "../record/kinds";
import { Numbers } from "./forms/accident";
import { getParcel, receiptOf, retryParcel } from "../store/outbox";
import type { Parcel } from "../store/rows";

export function Done({ id }: { id: string }) {
  const { store } = useApp();
  const found = useLive(async () => ({ parcel: await getParcel(store, id), receipt: await receiptOf(store, id) }), [id]);
  if (!found) return <Page name="done" title="" children={null} />;
  const { parcel, receipt } = found;
  const kind = (receipt ?? parcel)?.kind;
  const foot = (
    <a class="btn main big" href="#/" data-testid="to-today">
      回到今日
    </a>
  );
  return (
    <Page name="done" title={kind ? KIND_WORDS[kind] : "完成"} up="" foot={foot}>
      {parcel?.kind === "accident" && !receipt ? <NotDelivered parcel={parcel} /> : null}
      {receipt ? (
        <div class="outcome ok" role="status" data-testid="outcome" data-state="received">
          <Icon name="check" />
          <p class="outcome-words">{received(receipt.no)}</p>
          <p>
            {receipt.title} · {momentWords(receipt.at_ms)}
            {receipt.photos > 0 ? ` · 照片和签字${receipt.photos}件都到了` : ""}
          </p>
        </div>
      ) : parcel ? (
        <OnPhone parcel={parcel} />
      ) : (
        <Nothing title="这一条不在这部手机上" />
      )}
    </Page>
  );
}

function OnPhone({ parcel }: { parcel: Parcel }) {
  const { sync, store } = useApp();
  const { sending, signal } = useSync();
  const is_bad = parcel.state === "attention";
  const is_moving = !is_bad && sending?.id === parcel.id;
  const photos = parcel.attachments.length;
  return (
    <div class={`outcome ${is_bad ? "late" : is_moving ? "calm" : "soon"}`} role="status" data-testid="outcome" data-state={is_bad ? "attention" : is_moving ? "sending" : "on-phone"}>
      <Icon name={is_bad ? "alarm" : is_moving ? "out" : "check"} />
      <p class="outcome-words">{is_bad ? "需要处理" : is_moving ? SENDING : `已存${ON_PHONE}`}</p>
      <p>{is_moving && photos > 0 ? `照片 ${Math.min(sending.sent, photos)} / ${photos}` : whyWords(parcel, signal)}</p>
      {is_moving ? null : (
        <Btn
          id="retry"
          onTap={async () => {
            await retryParcel(store, parcel.id);
            await sync.kick("button");
          }}
        >
          现在上传
        </Btn>
      )}
    </div>
  );
}

/** An accident on the phone is an accident nobody knows of: call. */
function NotDelivered({ parcel }: { parcel: Parcel }) {
  const { held } = useApp();
  const { sending } = useSync();
  if (sending?.id === parcel.id && parcel.is_text_sent) return null;
  const numbers = held?.bundle.emergency ?? [];
  return (
    <Card tone="late">
      <p class="outcome-words" role="alert" data-testid="not-delivered">
        未送达，请打电话
      </p>
      <div class="stack-s">
        <Numbers numbers={numbers} />
        {numbers[0] ? (
          <a class="btn big" href={`sms:${numbers[0].phone}?body=${encodeURIComponent(`事故快报：${parcel.title}，${momentWords(parcel.made_ms)}`)}`} data-testid="sms">
            发短信（已写好草稿）
          </a>
        ) : null}
      </div>
    </Card>
  );
}
