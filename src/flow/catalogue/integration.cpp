// Actions that call another service: functions, tasks, cases, assistants, messages, data tables.
#include "flow/catalogue/families.h"

namespace trunkline::flow {
namespace {

using enum ValueType;
using enum ValueKind;
using enum Need;
using Count = ParameterGroup::Count;

constexpr std::string_view kInvocationTypes[] = {"SYNCHRONOUS", "ASYNCHRONOUS"};
constexpr std::string_view kResponseTypes[] = {"STRING_MAP", "JSON"};
constexpr Parameter kResponse[] = {
    {.name = "ResponseType", .type = kWord, .need = kRequired, .words = kResponseTypes}};
constexpr Parameter kLambda[] = {
    {.name = "LambdaFunctionARN",
     .value = kDynamic,
     .need = kRequired,
     .reference = ResourceKind::kLambda},
    // 1 to 8, or to 60 for an asynchronous call; beyond 8 is judged by flow/lint.h.
    {.name = "InvocationTimeLimitSeconds",
     .type = kInteger,
     .need = kRequired,
     .minimum = 1,
     .maximum = 60},
    {.name = "InvocationType", .type = kWord, .words = kInvocationTypes},
    {.name = "LambdaInvocationAttributes", .type = kJson, .value = kDynamic},
    Object({.name = "ResponseValidation"}, kResponse),
};

constexpr Parameter kTask[] = {
    {.name = "ContactFlowId", .value = kStaticOrPath, .reference = ResourceKind::kFlow},
    {.name = "TaskTemplateId",
     .reference = ResourceKind::kTaskTemplate,
     .form = ReferenceForm::kId},
    {.name = "Name", .value = kDynamic},
    {.name = "Description", .value = kDynamic},
    {.name = "Attributes", .type = kMap, .value = kDynamic},
    // Documented as type and value ("URL": "https://..."); other APIs give each reference a name.
    {.name = "References", .type = kMap, .value = kDynamic, .strict_form = true},
    {.name = "DelaySeconds",
     .type = kInteger,
     .value = kStaticOrPath,
     .minimum = 1,
     .maximum = 518400},
    {.name = "ScheduledTime", .value = kDynamic},
};
constexpr std::string_view kTaskTimes[] = {"DelaySeconds", "ScheduledTime"};
constexpr std::string_view kTaskRoutes[] = {"ContactFlowId", "TaskTemplateId"};
constexpr ParameterGroup kTaskGroups[] = {
    {.names = kTaskTimes, .count = Count::kAtMostOne},
    {.names = kTaskRoutes, .count = Count::kAtLeastOne},
};

bool LinksCase(const json::Object& parameters) {
  return Says(parameters, "LinkContactToCase", "true");
}
constexpr When kWhenLinking = {LinksCase, "'LinkContactToCase' is 'true'"};
constexpr Parameter kLink = {.name = "LinkContactToCase", .type = kBoolean};
constexpr Parameter kCaseFields = {.name = "CaseRequestFields", .type = kJson, .value = kDynamic};
constexpr Parameter kContactToLink = {.name = "ContactToLink",
                                      .evidence = Evidence::kObserved};  // one export has it
constexpr Parameter kNewCase[] = {
    kLink,
    {.name = "CaseTemplateId",
     .need = kRequired,
     .reference = ResourceKind::kCaseTemplate,
     .form = ReferenceForm::kId},
    kCaseFields,
    kContactToLink,
};
constexpr Parameter kOldCase[] = {
    kLink,
    {.name = "GetLastUpdatedCase", .type = kBoolean},
    {.name = "CustomerId", .value = kDynamic},
    kCaseFields,
    {.name = "CaseResponseFields", .type = kTextList},
    kContactToLink,
};
constexpr Parameter kChangedCase[] = {
    kLink,
    {.name = "CaseId", .value = kDynamic, .need = kRequired},
    kCaseFields,
    kContactToLink,
};
constexpr ErrorRule kCaseErrors[] = {{.type = kNoMatchingError},
                                     {.type = "ContactNotLinked", .when = kWhenLinking}};
constexpr ErrorRule kGetCaseErrors[] = {
    {.type = kNoMatchingError},
    {.type = "MultipleFound"},
    {.type = "NoneFound"},
    {.type = "ContactNotLinked", .when = kWhenLinking},
};

constexpr Parameter kWisdom[] = {{.name = "WisdomAssistantArn",
                                  .value = kStaticOrPath,
                                  .need = kRequired,
                                  .reference = ResourceKind::kAssistant}};

constexpr std::string_view kSourceTypes[] = {"CONNECT_PHONENUMBER_ARN"};
constexpr Parameter kSource[] = {
    {.name = "Type", .type = kWord, .need = kRequiredStrict, .words = kSourceTypes},
    {.name = "Address", .value = kDynamic, .need = kRequired, .reference = ResourceKind::kNumber}};
constexpr std::string_view kDestinationTypes[] = {"TELEPHONE_NUMBER"};
constexpr Parameter kDestination[] = {
    {.name = "Type", .type = kWord, .need = kRequiredStrict, .words = kDestinationTypes},
    {.name = "Address", .value = kDynamic, .need = kRequired}};
constexpr std::string_view kSubtypes[] = {"connect:SMS"};
constexpr std::string_view kRelated[] = {"CURRENT"};
constexpr Parameter kMessage[] = {
    {.name = "Content", .value = kDynamic, .need = kRequired, .maximum = 1024}};
constexpr Parameter kOutboundChat[] = {
    Object({.name = "SourceEndpoint", .need = kRequired}, kSource),
    Object({.name = "DestinationEndpoint", .need = kRequired}, kDestination),
    {.name = "ContactFlowArn",
     .value = kStaticOrPath,
     .need = kRequired,
     .reference = ResourceKind::kFlow},
    // WhatsApp came to the API later than to this action's page.
    {.name = "ContactSubtype",
     .type = kWord,
     .need = kRequiredStrict,
     .words = kSubtypes,
     .strict_form = true},
    Object({.name = "InitialSystemMessage"}, kMessage),
    {.name = "RelatedContact", .type = kWord, .words = kRelated},
};

constexpr Parameter kStoredContent[] = {{.name = "ContentType", .need = kRequired}};

constexpr std::string_view kRehydration[] = {"ENTIRE_PAST_SESSION", "FROM_SEGMENT"};
constexpr Parameter kAssociation[] = {
    {.name = "RehydrationType", .type = kWord, .need = kRequired, .words = kRehydration},
    {.name = "SourceContactId", .value = kDynamic, .need = kRequired},
};

constexpr Parameter kDataTableId = {.name = "DataTableId",
                                    .value = kStaticOrPath,
                                    .need = kRequired,
                                    .reference = ResourceKind::kDataTable};
constexpr Parameter kEvaluate[] = {
    kDataTableId, {.name = "Queries", .type = kJson, .value = kDynamic, .need = kRequired}};
constexpr Parameter kList[] = {kDataTableId,
                               {.name = "PrimaryKeyGroups", .type = kJson, .value = kDynamic}};
constexpr Parameter kUpsert[] = {
    kDataTableId,
    {.name = "LockVersion"},
    {.name = "DataTableUpsertAttributes", .type = kJson, .value = kDynamic, .need = kRequired},
};

constexpr Parameter kTemplate[] = {
    {.name = "WisdomKnowledgeBaseArn", .value = kStaticOrPath},
    {.name = "WisdomMessageTemplateArn", .value = kStaticOrPath},
};
constexpr ErrorRule kTemplateErrors[] = {{.type = kNoMatchingError},
                                         {.type = "TemplateRenderingError"}};

constexpr ActionKind kKinds[] = {
    {.name = "CreateCase",
     .summary = "Opens a case.",
     .block = "Cases",
     .parameters = kNewCase,
     .errors = kCaseErrors},
    {.name = "CreateContact",
     .summary = "Creates another contact.",
     .block = "Create contact",
     .errors = kOptionalNoMatchingError,
     .open = true,
     .evidence = Evidence::kUnverified},
    {.name = "CreatePersistentContactAssociation",
     .summary = "Continues a past chat in this one.",
     .block = "Create persistent contact association",
     .parameters = kAssociation,
     .errors = kOnlyNoMatchingError,
     .flow_types = kContactFlow,
     .more_flow_types = kEveryFlow,
     .channels = kChat,
     .evidence = Evidence::kUnverified},
    {.name = "CreateTask",
     .summary = "Creates a task for somebody to do.",
     .block = "Create task",
     .parameters = kTask,
     .groups = kTaskGroups,
     .errors = kOnlyNoMatchingError},
    {.name = "CreateWisdomSession",
     .summary = "Starts a session of the agents' assistant.",
     .block = "Connect assistant",
     .parameters = kWisdom,
     .errors = kOnlyNoMatchingError,
     .flow_types = kContactFlow | kCustomerQueue | kOutboundWhisper | kTransfers},
    {.name = "EvaluateDataTableValues",
     .summary = "Looks values up in a data table, into $.DataTables.",
     .block = "Data table",
     .category = Category::kInteraction,
     .parameters = kEvaluate,
     .errors = kOnlyNoMatchingError,
     .evidence = Evidence::kObserved},
    {.name = "GetCase",
     .summary = "Looks a case up, into $.Case.",
     .block = "Cases",
     .parameters = kOldCase,
     .errors = kGetCaseErrors},
    {.name = "InvokeLambdaFunction",
     .summary = "Calls a Lambda function; its answer replaces $.External.",
     .block = "AWS Lambda function",
     .category = Category::kInteraction,
     .parameters = kLambda,
     .errors = kOnlyNoMatchingError},
    {.name = "ListDataTableValues",
     .summary = "Reads rows of a data table, into $.DataTableList.",
     .block = "Data table",
     .category = Category::kInteraction,
     .parameters = kList,
     .errors = kOnlyNoMatchingError,
     .evidence = Evidence::kUnverified},
    {.name = "LoadContactContent",
     .summary = "Reads the text of the e-mail, into $.Email.",
     .block = "Get stored content",
     .parameters = kStoredContent,
     .errors = kOnlyNoMatchingError,
     .flow_types = kContactFlow,
     .more_flow_types = kEveryFlow,
     .channels = kEmail,
     .evidence = Evidence::kUnverified},
    {.name = "RenderMessageTemplate",
     .summary = "Fills in a message template.",
     .block = "Render message template",
     .parameters = kTemplate,
     .errors = kTemplateErrors,
     .open = true,
     .evidence = Evidence::kObserved},
    {.name = "StartOutboundChatContact",
     .summary = "Sends a text message to the customer.",
     .block = "Send message",
     .parameters = kOutboundChat,
     .errors = kOnlyNoMatchingError},
    {.name = "StartOutboundEmailContact",
     .summary = "Sends an e-mail to the customer.",
     .block = "Send message",
     .errors = kOptionalNoMatchingError,
     .open = true,
     .evidence = Evidence::kUnverified},
    {.name = "UpdateCase",
     .summary = "Changes a case.",
     .block = "Cases",
     .parameters = kChangedCase,
     .errors = kCaseErrors},
    {.name = "UpsertDataTableValues",
     .summary = "Writes rows of a data table.",
     .block = "Data table",
     .category = Category::kInteraction,
     .parameters = kUpsert,
     .errors = kOnlyNoMatchingError,
     .evidence = Evidence::kUnverified},
};

}  // namespace

constinit const std::span<const ActionKind> kIntegrationKinds = kKinds;

}  // namespace trunkline::flow
