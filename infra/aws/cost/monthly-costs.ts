import type { SizeName } from '../sizes';
import type { LifeUse, Measured } from './measured';
import { DAYS, HOURS, PRICES } from './prices';
import type { Resources } from './resources';
import { ASSUMED, type Workload } from './workloads';

/** A position of the bill, in US$ a month. */
export interface Cost {
  readonly what: string;
  /** What is billed, in words and figures. */
  readonly quantity: string;
  readonly amount: number;
}

export interface MonthlyCosts {
  readonly size: SizeName;
  readonly workload: Workload;
  readonly costs: readonly Cost[];
  readonly total: number;
  /** On top, if every delivery is also announced by SMS. */
  readonly sms: { readonly count: number; readonly registered: number; readonly international: number };
}

const MILLION = 1_000_000;
const GIGABYTE = 1_000_000_000;
const KILOBYTES_IN_GIGABYTE = 1_000_000;
const DAYS_OF_MONTH = 30;

export function monthlyCosts(
  size: SizeName,
  resources: Resources,
  workload: Workload,
  measured: Measured,
): MonthlyCosts {
  const orders = workload.deliveriesPerDay * DAYS;
  const requests = workload.customers * workload.requestsPerCustomerAndDay * DAYS;
  const month = { orders, requests, resources, workload, measured };
  const costs = [
    ...taskCosts(resources, workload),
    ...networkCosts(resources, workload),
    ...entryCosts(resources, workload, requests),
    ...tableCosts(month),
    monitoringCost(resources, workload),
    ...otherCosts(month),
  ];
  const sms = orders * measured.smsLife.sms;
  return {
    size,
    workload,
    costs,
    total: costs.reduce((sum, { amount }) => sum + amount, 0),
    sms: {
      count: sms,
      registered: sms * PRICES.sms.registered,
      international: sms * PRICES.sms.international,
    },
  };
}

interface Month {
  readonly orders: number;
  readonly requests: number;
  readonly resources: Resources;
  readonly workload: Workload;
  readonly measured: Measured;
}

function taskCosts({ tasks }: Resources, { tasks: running }: Workload): Cost[] {
  const group = (names: readonly string[]) => {
    const members = tasks.filter(({ roles }) => names.includes(roles));
    return {
      quantity: members
        .map(({ roles, vcpu, gigabytes, min }) => `${running[roles] ?? min} × (${vcpu} vCPU, ${gigabytes} GB)`)
        .join(', '),
      amount: members.reduce((sum, { roles, vcpu, gigabytes, min }) => {
        const hourly = vcpu * PRICES.fargate.vcpu + gigabytes * PRICES.fargate.gigabyte;
        return sum + Math.max(min, running[roles] ?? 0) * HOURS * hourly;
      }, 0),
    };
  };
  return [
    { what: 'Fargate: tasks with the role api', ...group(['api', 'all']) },
    { what: 'Fargate: workers', ...group(['worker']) },
  ];
}

function networkCosts({ natGateways, endpointZones, tasks }: Resources, workload: Workload): Cost[] {
  const publicTasks = tasks.reduce(
    (sum, { isPublic, roles, min }) => sum + (isPublic ? (workload.tasks[roles] ?? min) : 0),
    0,
  );
  const addresses = natGateways + publicTasks;
  return [
    {
      what: 'NAT gateways, public addresses',
      quantity: [
        ...(natGateways ? [counted(natGateways, 'gateway'), `${workload.natGigabytes} GB`] : []),
        counted(addresses, 'address', 'addresses'),
      ].join(', '),
      amount:
        HOURS * (natGateways * PRICES.natGateway.hour + addresses * PRICES.publicAddressHour) +
        workload.natGigabytes * PRICES.natGateway.gigabyte,
    },
    {
      what: 'Interface endpoints',
      quantity: endpointZones ? `${endpointZones}, ${workload.endpointGigabytes} GB` : '',
      amount:
        HOURS * endpointZones * PRICES.interfaceEndpoint.hour +
        workload.endpointGigabytes * PRICES.interfaceEndpoint.gigabyte,
    },
  ];
}

function entryCosts(
  { loadBalancers, hostedZones, firewalls, firewallRules, tasks }: Resources,
  { capacityUnits }: Workload,
  requests: number,
): Cost[] {
  const millions = requests / MILLION;
  const instances = hostedZones ? tasks.reduce((sum, { min }) => sum + min, 0) : 0;
  return [
    {
      what: 'API Gateway',
      quantity: `${inMillions(requests)} requests`,
      amount: millions * PRICES.gatewayMillion,
    },
    {
      what: 'Load balancer, or Cloud Map',
      quantity: hostedZones
        ? `${counted(instances, 'instance')}, a hosted zone`
        : counted(capacityUnits, 'capacity unit'),
      amount:
        HOURS * (loadBalancers * PRICES.loadBalancer.hour + capacityUnits * PRICES.loadBalancer.capacityUnitHour) +
        hostedZones * (PRICES.hostedZone + millions * PRICES.cloudMap.millionLookups) +
        instances * PRICES.cloudMap.instance,
    },
    {
      what: 'WAF',
      quantity: firewalls ? `${firewallRules} rules` : '',
      amount: firewalls * (PRICES.waf.acl + millions * PRICES.waf.millionRequests) + firewallRules * PRICES.waf.rule,
    },
  ];
}

function tableCosts(month: Month): Cost[] {
  const { orders, requests, measured, workload } = month;
  const perOrder = (of: (life: LifeUse) => number) => mixed(measured, of);
  const idle = taskHours(month);
  const writes =
    orders * perOrder(({ writeUnits }) => totalOf(writeUnits)) +
    requests * measured.request.writeUnits +
    idle(({ writeUnits }) => writeUnits);
  const reads =
    orders * perOrder(({ readUnits }) => totalOf(readUnits)) +
    requests * measured.request.readUnits +
    idle(({ readUnits }) => totalOf(readUnits)) +
    catalogueReads(month) +
    DAYS * ASSUMED.cartSweepsPerDay * workload.customers * (measured.cartSweep.readUnits / measured.cartSweep.carts);
  const gigabytes =
    (workload.deliveriesPerDay * perOrder(storedBytes)) / GIGABYTE +
    (workload.customers * ASSUMED.customerKilobytes) / KILOBYTES_IN_GIGABYTE;
  const { dynamo } = PRICES;
  return [
    {
      what: 'DynamoDB: writes',
      quantity: `${inMillions(writes)} units`,
      amount: (writes / MILLION) * dynamo.millionWrites,
    },
    {
      what: 'DynamoDB: reads',
      quantity: `${inMillions(reads)} units`,
      amount: (reads / MILLION) * dynamo.millionReads,
    },
    {
      what: `DynamoDB: storage and recovery after ${ASSUMED.monthsOfStorage} months`,
      quantity: `${gigabytes.toFixed(1)} GB`,
      amount: gigabytes * (dynamo.gigabyte + dynamo.recoveryGigabyte),
    },
  ];
}

/** A task loads the catalogue at the first request after it has become stale. */
function catalogueReads({ requests, workload, measured, resources }: Month): number {
  const seconds = DAYS * ASSUMED.activeHours * 3_600;
  const tasks = resources.tasks
    .filter(({ roles }) => roles !== 'worker')
    .reduce((sum, { roles, min }) => sum + (workload.tasks[roles] ?? min), 0);
  const betweenRequests = (tasks * seconds) / (requests * ASSUMED.catalogueShare);
  const loads = (tasks * seconds) / (ASSUMED.catalogueSeconds + betweenRequests);
  const { products, readUnits } = measured.catalogueLoad;
  return (loads * readUnits * workload.products) / products;
}

function monitoringCost(resources: Resources, { logGigabytes }: Workload): Cost {
  const { alarmMetrics, dashboards, gauges, counts, hasInsights } = resources;
  const { cloudWatch } = PRICES;
  const metrics = gauges + counts * ASSUMED.countedMetricShare + (hasInsights ? ASSUMED.insightsMetrics : 0);
  return {
    what: 'CloudWatch',
    quantity: `${alarmMetrics} metrics with alarms, ${Math.round(metrics)} of our own, ${logGigabytes} GB of logs`,
    amount:
      alarmMetrics * cloudWatch.alarmMetric +
      metrics * cloudWatch.metric +
      dashboards * cloudWatch.dashboard +
      logGigabytes * (cloudWatch.logGigabyte + cloudWatch.storedLogGigabyte),
  };
}

function otherCosts(month: Month): Cost[] {
  const { orders, requests, measured, resources } = month;
  const perOrder = (of: (life: LifeUse) => number) => orders * mixed(measured, of);
  const queueRequests = perOrder((life) => life.queueRequests) + taskHours(month)((hour) => hour.queueRequests);
  const topicMessages = perOrder((life) => life.topicMessages);
  const mails = perOrder((life) => life.mails);
  const archived = (orders * ASSUMED.monthsOfStorage * ASSUMED.archivedKilobytesPerOrder) / KILOBYTES_IN_GIGABYTE;
  const sent = (requests * ASSUMED.responseKilobytes) / KILOBYTES_IN_GIGABYTE;
  return [
    {
      what: 'Secrets, keys',
      quantity: `${resources.secrets}, ${resources.keys}`,
      amount: resources.secrets * PRICES.secret + resources.keys * PRICES.key,
    },
    {
      what: 'SQS, SNS',
      quantity: `${inMillions(queueRequests)} requests, ${inMillions(topicMessages)} messages`,
      amount: (queueRequests * PRICES.queueMillion + topicMessages * PRICES.topicMillion) / MILLION,
    },
    { what: 'SES', quantity: `${inMillions(mails)} mails`, amount: mails * PRICES.mail },
    {
      what: 'S3, images, traffic to the internet',
      quantity: `${archived.toFixed(1)} GB, ${ASSUMED.imageGigabytes} GB, ${sent.toFixed(1)} GB`,
      amount:
        perOrder((life) => life.filesWritten) * PRICES.s3.write +
        archived * PRICES.s3.gigabyte +
        ASSUMED.imageGigabytes * PRICES.imageGigabyte +
        sent * PRICES.egressGigabyte,
    },
  ];
}

/** The sum of what idle tasks use in a month. */
function taskHours({ resources, workload, measured }: Month) {
  return (of: (hour: Measured['idleHour']['api']) => number): number =>
    resources.tasks.reduce(
      (sum, { roles, min }) => sum + HOURS * (workload.tasks[roles] ?? min) * of(measured.idleHour[roles]),
      0,
    );
}

function mixed({ orderLife: { daily, cart } }: Measured, of: (life: LifeUse) => number): number {
  return of(daily) * (1 - ASSUMED.cartShare) + of(cart) * ASSUMED.cartShare;
}

/** The bytes that one delivery a day leaves in the tables after the months of storage. */
function storedBytes({ stored }: LifeUse): number {
  const months = ASSUMED.monthsOfStorage * DAYS_OF_MONTH;
  return Object.values(stored).reduce((sum, { bytes, days = Infinity }) => sum + bytes * Math.min(months, days), 0);
}

export function totalOf(units: Readonly<Record<string, number>>): number {
  return Object.values(units).reduce((sum, one) => sum + one, 0);
}

function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

function inMillions(count: number): string {
  const millions = count / MILLION;
  if (millions < 1) return Math.round(count).toLocaleString('en');
  return `${millions < 10 ? millions.toFixed(1) : Math.round(millions)} M`;
}
