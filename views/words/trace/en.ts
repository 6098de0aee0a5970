/** The story of a call in English. */
export const enTrace = {
  title: 'Trace',
  lanes: {
    operator: 'Operator',
    platform: 'Platform',
    tupu: 'TUPU',
    wechat: 'WeChat',
    simulator: 'Simulator',
    sink: 'Sink',
    phone: 'Phone',
  },
  zone: '(UTC+8)',
  real: '+{ms} ms real time',
  inProcess: 'in process',
  passed: '{count} checks passed',
  notShown: 'not shown on the phone',
  receipt: 'receipt: {status}',
  receiptDue: 'receipt is due',
  due: 'is due',
  tries: '{tries} tries so far',
  more: '(the last of {count} more)',
  fallBack: 'falls back by {channel}',
}
