/** What each kind of record is called, and how the three states of a record are said. One table for every screen. */

import type { Kind } from "../wire";

export const KIND_WORDS: Record<Kind, string> = {
  visit: "走访巡查",
  finding_event: "隐患复查",
  demand: "代提诉求",
  contact: "联系记录",
  meeting: "例会",
  publicity: "宣传送达",
  alert: "减排通知",
  task: "临时任务",
  accident: "事故快报",
  facts: "企业信息更新",
  amendment: "更正说明",
};

export const ON_PHONE = "在手机上";
export const SENDING = "上传中";
export const received = (no: number): string => `镇里已收 №${String(no).padStart(6, "0")}`;

/** Why a record waits or needs somebody, in words an officer can act on. Codes are ours, kept with the row. */
export const WHY: Record<string, string> = {
  offline: "没有信号，有信号时自动再传。",
  timeout: "网络太慢，一会儿自动再传。",
  server: "镇里的系统暂时没有应答，一会儿自动再传。",
  portal: "这个无线网要先登录才能上网，请换成手机流量或先登录无线网。",
  busy: "镇里的系统正忙，一会儿自动再传。",
  sign_in: "登录已过期，请重新登录；记录都在手机上，登录后接着传。",
  damaged: "路上传坏了，自动重传。",
  waiting: "等着上传。",
  conflict: "镇里已有同一编号、内容不同的一条。两份都留着，请导出文件交给镇里核对。",
  too_large: "镇里的系统不收这么大的一条，请导出文件交给镇里。",
  receipt: "镇里的回执与手机上的内容对不上，没有删除任何东西。请导出文件交给镇里核对。",
  body_lost: "手机上存的这条内容坏了，请导出文件交给镇里。",
  photo_lost: "有照片在手机上读不出来了，其余的都已上传。请导出文件交给镇里，或说明照片缺失。",
  refused: "镇里的系统没有收下这一条，请导出文件交给镇里。",
};

/** Why a parcel is still here; what is known of the line says more than "waiting". */
export function whyWords(parcel: { why: string; state: string }, signal: string | undefined): string {
  const is_line = parcel.state === "waiting" && parcel.why === "waiting" && signal !== undefined && signal !== "on";
  return WHY[is_line ? signal : parcel.why] ?? WHY["waiting"]!;
}
