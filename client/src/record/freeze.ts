/** Finishing: the body becomes bytes that never change again. */

import { reading } from "../kernel/clock";
import { sha256 } from "../kernel/sha256";
import { finalize, missingPhotos } from "../store/drafts";
import type { Draft, Parcel } from "../store/rows";
import { SaveFailed, type Store } from "../store/store";
import { APP, type Attachment, type Body } from "../wire";

/** Freezes a draft with the data its body carries, and puts it into the outbox. Returns its parcel once it is durably there. */
export async function freeze(store: Store, draft: Draft, data: object): Promise<Parcel> {
  const gone = await missingPhotos(store, draft);
  if (gone.length > 0) {
    throw new SaveFailed("broken", `有${gone.length}张照片在手机上读不出来了。请删掉看不见的那几张，重拍或说明，再完成。`);
  }
  const attachments: Attachment[] = draft.photos.map(({ where: _where, ...one }) => one);
  const body: Body = {
    v: 1,
    kind: draft.kind,
    id: draft.id,
    by: store.uid,
    device: (await store.meta("device"))?.id ?? "",
    app: APP,
    clock: reading((await store.meta("samples")) ?? []),
    enterprise: draft.enterprise,
    place: draft.place,
    attachments,
    data,
  };
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  const parcel: Parcel = {
    id: draft.id,
    kind: draft.kind,
    enterprise: draft.enterprise,
    title: draft.title,
    made_ms: body.clock.wall_ms,
    is_urgent: draft.kind === "accident",
    body: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
    sha256: await sha256(bytes),
    attachments,
    state: "waiting",
    is_text_sent: false,
    done: [],
    lost: [],
    tries: 0,
    next_ms: 0,
    why: "waiting",
  };
  await finalize(store, draft, parcel);
  return parcel;
}
