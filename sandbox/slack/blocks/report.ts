/** What the checks of a message's blocks find, worded and addressed as Slack does. */
export class Report {
  readonly faults: string[] = [];
  /** Pictures that Slack has not settled yet: no fault of the sender's, only too soon. */
  readonly early: string[] = [];
  readonly isFileReady: (id: string) => boolean;
  /** Action ids seen in the present block, which may hold each once. */
  readonly actionIds = new Set<string>();
  readonly blockIds = new Set<string>();
  /** Characters in the cells of tables, and of data tables, so far. */
  tableCharacters = 0;
  dataTableCharacters = 0;

  constructor(isFileReady: (id: string) => boolean) {
    this.isFileReady = isFileReady;
  }

  fault(at: string, what: string): void {
    this.faults.push(`${what} [json-pointer:${at}]`);
  }

  tooEarly(at: string): void {
    this.early.push(`invalid slack file [json-pointer:${at}]`);
  }
}
