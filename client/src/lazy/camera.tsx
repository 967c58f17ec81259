/** A camera inside the page, for phones whose own camera ends the page again and again. */

import { useEffect, useRef, useState } from "preact/hooks";
import { Btn } from "../parts/inputs";

export interface CameraProps {
  onTake: (bytes: ArrayBuffer) => Promise<void>;
  onBack: () => void;
}

export function Camera({ onTake, onBack }: CameraProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [fault, setFault] = useState("");
  useEffect(() => {
    let stream: MediaStream | undefined;
    let is_over = false;
    navigator.mediaDevices
      ?.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1920 } } })
      .then((found) => {
        stream = found;
        if (is_over) found.getTracks().forEach((one) => one.stop());
        else if (video.current) {
          video.current.srcObject = found;
          void video.current.play();
        }
      })
      .catch(() => setFault("没有允许用相机，请在浏览器设置里允许，或从相册选。"));
    if (!navigator.mediaDevices) setFault("这个浏览器不能在本页拍照，请从相册选。");
    return () => {
      is_over = true;
      stream?.getTracks().forEach((one) => one.stop());
    };
  }, []);
  const take = async (): Promise<void> => {
    const { videoWidth: w, videoHeight: h } = video.current!;
    if (!w) throw new Error("相机还没有准备好，请稍等再按。");
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [w, h];
    canvas.getContext("2d")?.drawImage(video.current!, 0, 0);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.92));
    if (!blob) throw new Error("没有拍成，请再按一次。");
    await onTake(await new Response(blob).arrayBuffer());
  };
  return (
    <div class="pad" data-screen="camera">
      {fault ? <p class="banner late">{fault}</p> : <video ref={video} class="pad-surface" playsInline muted />}
      <div class="pad-foot">
        <Btn onTap={onBack}>返回</Btn>
        <Btn tone="main" isOff={fault !== ""} onTap={take} id="camera-take">
          拍
        </Btn>
      </div>
    </div>
  );
}
