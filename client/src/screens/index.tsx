/** Which screen an address names. */

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { restarts } from "../app/capture";
import { useApp } from "../app/app";
import { useRoute } from "../app/route";
import { applyNewVersion, onNewVersion } from "../app/worker";
import { Loading, Nothing, Page } from "../parts/page";
import { Done } from "./done";
import { FirmCard, Firms } from "./firms";
import { Begin as BeginForm, FormScreen } from "./forms";
import { More } from "./more";
import { Prepare } from "./prepare";
import { SyncCentre } from "./sync";
import { Today } from "./today";
import { VisitScreens } from "./visit";
import { Begin } from "./visit/begin";
import { BeginRecheck, EventScreen } from "./visit/recheck";

export function Screens() {
  const [name = "", first = "", ...rest] = useRoute();
  useCapture();
  switch (name) {
    case "":
      return <Start />;
    case "prepare":
      return <Prepare />;
    case "firms":
      return <Firms />;
    case "firm":
      return <FirmCard id={Number(first)} />;
    case "begin":
      return <Begin id={Number(first)} />;
    case "visit":
      return <VisitScreens key={first} id={first} rest={rest} />;
    case "recheck":
      return <BeginRecheck firm_id={Number(first)} id={rest[0] ?? ""} />;
    case "event":
      return <EventScreen key={first} id={first} />;
    case "new":
      return <BeginForm kind={first} about={rest[0] ? Number(rest[0]) : undefined} />;
    case "alert":
    case "task":
      return <BeginForm kind={name} about={Number(first)} />;
    case "batch":
      return <BeginForm kind="publicity" about={Number(first)} />;
    case "form":
      return <FormScreen key={first} id={first} />;
    case "done":
      return <Done key={first} id={first} />;
    case "sync":
      return <SyncCentre />;
    case "more":
      return <More />;
    case "selftest":
      return <LazySelfTest />;
    default:
      return (
        <Page name="nowhere" title="没有这一页">
          <Nothing title="没有这一页">
            <a class="btn" href="#/">
              回到今日
            </a>
          </Nothing>
        </Page>
      );
  }
}

/** 今日, with the offer of a newer version: here nothing is being filled in. */
function Start() {
  const [is_new, setNew] = useState(false);
  useEffect(() => onNewVersion(() => setNew(true)), []);
  return (
    <>
      <Today />
      {is_new ? (
        <div class="toast calm" role="status">
          <p>手机端有新版本。</p>
          <button type="button" onClick={applyNewVersion}>
            换上
          </button>
        </div>
      ) : null}
    </>
  );
}

/** The page was ended by the camera: one is back where one was, and is told so. */
function useCapture(): void {
  const { say } = useApp();
  useEffect(() => {
    if (restarts() > 0) say("刚才拍照时页面被系统关闭，已回到原处。请重拍，或从相册选。", "late");
  }, []);
}

function LazySelfTest() {
  const [Screen, setScreen] = useState<ComponentType>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    import("../lazy/selftest").then(
      (part) => setScreen(() => part.SelfTest),
      () => setFailed(true),
    );
  }, []);
  if (failed) {
    return (
      <Page name="selftest" title="手机自检">
        <Nothing title="自检没有下载到手机上，请在有信号时再开。" />
      </Page>
    );
  }
  return Screen ? <Screen /> : <Loading title="手机自检" />;
}
