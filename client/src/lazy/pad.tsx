/** The signing surface: the whole screen, written along its long side, strokes kept as they are drawn. */

import SignaturePad, { type PointGroup } from "signature_pad";
import { useEffect, useRef, useState } from "preact/hooks";
import { Btn } from "../parts/inputs";
import { dataUrl } from "../photo/shrink";

export interface PadProps {
  strokes: unknown[];
  onStrokes: (strokes: unknown[]) => void;
  onDone: (strokes: unknown[], picture: { bytes: ArrayBuffer; thumb_url: string }) => Promise<void>;
  onBack: () => void;
  name: string;
}

const MARGIN = 24;

export function Pad({ strokes, onStrokes, onDone, onBack, name }: PadProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad | null>(null);
  const [is_empty, setEmpty] = useState(strokes.length === 0);
  useEffect(() => {
    const surface = canvas.current!;
    const made = new SignaturePad(surface, { penColor: "#16262b", minWidth: 1.2, maxWidth: 3.4 });
    pad.current = made;
    let width = 0;
    const lay = (): void => {
      // Browsers say "resize" for scrolling and keyboards too; only a turned phone changes the width.
      if (surface.clientWidth === width) return;
      width = surface.clientWidth;
      const data = width && made.toData().length > 0 ? made.toData() : (strokes as PointGroup[]);
      const ratio = Math.max(1, window.devicePixelRatio || 1);
      surface.width = surface.clientWidth * ratio;
      surface.height = surface.clientHeight * ratio;
      surface.getContext("2d")?.scale(ratio, ratio);
      made.fromData(data);
    };
    lay();
    const stroke = (): void => {
      setEmpty(made.isEmpty());
      onStrokes(made.toData());
    };
    made.addEventListener("endStroke", stroke);
    window.addEventListener("resize", lay);
    return () => {
      window.removeEventListener("resize", lay);
      made.off();
    };
  }, []);
  return (
    <div class="pad" data-screen="pad">
      <canvas ref={canvas} class="pad-surface" data-testid="pad" aria-label={`${name || "企业代表"}签字处`} />
      <p class="pad-hint" aria-hidden="true">
        {is_empty ? `请${name || "企业代表"}横着签` : ""}
      </p>
      <div class="pad-foot">
        <Btn onTap={onBack}>返回</Btn>
        <Btn
          id="pad-clear"
          onTap={() => {
            pad.current?.clear();
            setEmpty(true);
            onStrokes([]);
          }}
        >
          重签
        </Btn>
        <Btn
          tone="main"
          id="pad-done"
          isOff={is_empty}
          onTap={async () => {
            const made = pad.current!;
            await onDone(made.toData(), await picture(canvas.current!, made.toData()));
          }}
        >
          签好了
        </Btn>
      </div>
    </div>
  );
}

/** The strokes as a small picture, upright however the phone was held, nothing but ink on white. */
async function picture(surface: HTMLCanvasElement, data: PointGroup[]): Promise<{ bytes: ArrayBuffer; thumb_url: string }> {
  const points = data.flatMap((one) => one.points);
  const [left, right] = [Math.min(...points.map((one) => one.x)) - MARGIN, Math.max(...points.map((one) => one.x)) + MARGIN];
  const [top, bottom] = [Math.min(...points.map((one) => one.y)) - MARGIN, Math.max(...points.map((one) => one.y)) + MARGIN];
  const ratio = surface.width / surface.clientWidth;
  const [w, h] = [(right - left) * ratio, (bottom - top) * ratio];
  const lies = surface.clientHeight > surface.clientWidth;
  const out = document.createElement("canvas");
  [out.width, out.height] = lies ? [h, w] : [w, h];
  const pen = out.getContext("2d");
  if (!pen) throw new Error("这部手机画不出签字，请选“拒签”或“无人在场”并写明情况。");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, out.width, out.height);
  // Written along the long side of an upright phone, the signature runs down the screen: turned back by a quarter.
  if (lies) pen.setTransform(0, -1, 1, 0, 0, w);
  pen.drawImage(surface, left * ratio, top * ratio, w, h, 0, 0, w, h);
  const blob = await new Promise<Blob | null>((resolve) => out.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("这部手机画不出签字，请选“拒签”或“无人在场”并写明情况。");
  const bytes = await new Response(blob).arrayBuffer();
  return { bytes, thumb_url: await dataUrl(bytes, "image/png") };
}
