/** Taking pictures: everything is kept before the camera opens, because on small phones the camera ends this page. */

import type { ComponentType } from "preact";
import { useRef, useState } from "preact/hooks";
import { restarts } from "../app/capture";
import { useApp, useLive } from "../app/app";
import type { Keeper } from "../app/keeper";
import { readFile, BadPhoto } from "../photo/shrink";
import { beginCapture, endCapture } from "../store/drafts";
import { thumbsOf } from "../store/outbox";
import { space } from "../store/space";
import type { CameraProps } from "../lazy/camera";
import { Icon } from "./icon";
import { AskFirst, sentence } from "./inputs";

interface Props {
  keeper: Keeper<never> | Keeper;
  where: string;
  label?: string;
  hint?: string;
}

const AFTER_CAMERA_MS = 1_500;

export function Photos({ keeper: given, where, label = "拍照", hint }: Props) {
  const keeper = given as Keeper;
  const { store, say } = useApp();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(0);
  const [shown, setShown] = useState("");
  const [Camera, setCamera] = useState<ComponentType<CameraProps>>();
  const mine = (keeper.draft?.photos ?? []).filter((one) => one.where === where && one.role === "photo");
  const thumbs = useLive(() => thumbsOf(store, keeper.id), [keeper.id, keeper.draft?.photos.length]);

  const open = async (): Promise<void> => {
    if ((await space(store)).is_full) {
      say("照片快把手机放满了，先联网上传再拍；文字照常能记。", "late");
      return;
    }
    if (!(await keeper.flush())) return; // said in red by the page
    await beginCapture(store, keeper.id, location.hash.replace(/^#\//, ""));
    window.addEventListener("focus", () => setTimeout(() => void givenUp(), AFTER_CAMERA_MS), { once: true });
    input.current?.click();
  };
  const givenUp = async (): Promise<void> => {
    if (input.current?.files?.length) return;
    await endCapture(store).catch(() => undefined);
  };
  const take = async (files: FileList | null): Promise<void> => {
    const chosen = [...(files ?? [])];
    setBusy(chosen.length);
    for (const file of chosen) {
      try {
        // The bytes are read at once: a moment later the picker's file may be gone.
        await keeper.photograph(await readFile(file), where);
      } catch (fault) {
        say(fault instanceof BadPhoto ? fault.message : sentence(fault), "late");
      }
      setBusy((left) => left - 1);
    }
    if (input.current) input.current.value = "";
    await endCapture(store).catch(() => undefined);
  };
  if (Camera) return <Camera onBack={() => setCamera(undefined)} onTake={async (bytes) => void (await keeper.photograph(bytes, where))} />;
  return (
    <div class="photos">
      <div class="photo-row">
        <button class="shoot" type="button" data-testid={`shoot-${where || "all"}`} onClick={() => void open().catch((fault: unknown) => say(sentence(fault), "late"))}>
          <Icon name="camera" />
          {label}
        </button>
        {mine.map((one) => (
          <button key={one.id} class="thumb" type="button" data-testid="thumb" onClick={() => setShown(shown === one.id ? "" : one.id)}>
            <Picture url={thumbs?.find((thumb) => thumb.id === one.id)?.url ?? ""} />
          </button>
        ))}
        {busy > 0 ? <span class="thumb busy" role="status">正在存</span> : null}
      </div>
      {hint ? <p class="hint">{hint}</p> : null}
      {restarts() >= 2 ? (
        <button class="btn" type="button" data-testid="camera-here" onClick={() => void import("../lazy/camera").then((part) => setCamera(() => part.Camera))}>
          在本页拍（系统相机关了本页{restarts()}次）
        </button>
      ) : null}
      {shown ? (
        <AskFirst
          words="删掉这张照片？删了就找不回来。"
          yes="删掉"
          onYes={async () => {
            await keeper.forget(shown);
            setShown("");
          }}
        >
          删掉选中的照片
        </AskFirst>
      ) : null}
      <input ref={input} class="unseen" type="file" accept="image/*" multiple tabIndex={-1} aria-hidden="true" data-testid={`file-${where || "all"}`} onChange={(event) => void take(event.currentTarget.files)} />
    </div>
  );
}

export function Picture({ url, words = "照片" }: { url: string; words?: string }) {
  return url ? <img src={url} alt={words} /> : <span class="no-picture">{words}</span>;
}
