import type { NewTemplate } from '../../wechat/template/template.ts'

/**
 * The template by which a live account is born: one line for the message, then name, company and time. Under the rules of
 * 2014 the message may have 200 characters; in a class template of 2023 no keyword has more than 20.
 */
export const hiringTemplates: Readonly<Record<'2014' | '2023', NewTemplate>> = {
  '2014': {
    title: '入职通知',
    content:
      '{{first.DATA}}\n姓名：{{keyword1.DATA}}\n公司：{{keyword2.DATA}}\n时间：{{keyword3.DATA}}\n{{remark.DATA}}',
    example: '欢迎加入，请按时办理入职\n姓名：王小雨\n公司：晨光科技\n时间：2026年1月5日 09:00\n',
  },
  '2023': {
    title: '入职通知',
    content:
      '通知内容:{{thing1.DATA}}\n姓名:{{thing2.DATA}}\n公司:{{thing3.DATA}}\n时间:{{time4.DATA}}\n',
    example: '通知内容:请按时办理入职\n姓名:王小雨\n公司:晨光科技\n时间:2026年1月5日 09:00\n',
  },
}
