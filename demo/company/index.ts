export { demoCompany } from "./demo-company.ts";
export { generateCompany } from "./generate-company.ts";
export type { CompanyOptions } from "./options.ts";
export { quietCustomerName } from "./quiet-customer.ts";
export { writeCompany } from "./write-company.ts";
