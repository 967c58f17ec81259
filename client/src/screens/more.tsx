/** 更多: everything that is not needed every day, and the way out. */

import { useState } from "preact/hooks";
import { useApp, useSync } from "../app/app";
import { leave as leavePhone } from "../app/boot";
import { Card, Row } from "../parts/bits";
import { Btn } from "../parts/inputs";
import { Page } from "../parts/page";
import { APP } from "../wire";
import { ExportButton } from "./sync";

export function More() {
  const { user, held } = useApp();
  return (
    <Page name="more" title="更多" isHome>
      <Card>
        <p class="strong">{user?.name ?? "还没有登录"}</p>
        <p class="quiet">{[user?.office, held?.bundle.town.name].filter(Boolean).join(" · ")}</p>
      </Card>
      <div class="lines">
        <Row href="#/prepare" title="出发前下载" sub="企业、清单、未了隐患" />
        <Row href="#/new/demand" title="代提诉求" sub="企业说了什么事" />
        <Row href="#/new/contact" title="联系记录" sub="电话、微信、当面" />
        <Row href="#/new/meeting" title="例会" />
        <Row href="#/new/facts" title="企业信息更新" />
        <Row href="#/selftest" title="手机自检" sub="没信号时靠不靠得住" />
        <Row href="/" title="回到工作台" sub="需要信号" />
      </div>
      <Leave />
      <p class="quiet">手机端第{APP}版。本系统为非涉密系统，严禁录入、上传涉密信息。</p>
    </Page>
  );
}

/** Leaving keeps what is not sent on this phone, for its owner alone; that is said before, not after. */
function Leave() {
  const { store } = useApp();
  const { waiting, attention } = useSync();
  const { sync } = useApp();
  const [is_asking, ask] = useState(false);
  const left = waiting + attention;
  const leave = async (): Promise<void> => {
    sync.stop();
    await leavePhone();
    store.close();
    location.assign("/sign-out/");
  };
  if (!is_asking) {
    return (
      <Btn id="leave" onTap={() => ask(true)}>
        退出登录
      </Btn>
    );
  }
  return (
    <div class="ask" role="group" aria-label="退出登录">
      <p>
        {left > 0
          ? `还有${left}条没有传到镇里。退出后它们留在这部手机上，别人看不到也传不了，等您再登录接着传；但清理浏览器会丢。`
          : "退出后，别人用这部手机看不到您的企业。没做完的会留着，等您再登录。"}
      </p>
      <div class="row">
        {left > 0 ? (
          <>
            <Btn tone="main" onTap={() => sync.kick("button")}>
              先上传
            </Btn>
            <ExportButton isEmpty={false} />
          </>
        ) : null}
        <Btn tone="danger" id="leave-yes" onTap={leave}>
          {left > 0 ? "仍要退出" : "退出"}
        </Btn>
        <Btn onTap={() => ask(false)}>不了</Btn>
      </div>
    </div>
  );
}
