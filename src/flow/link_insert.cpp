#include "flow/link_insert.h"

#include "flow/link_metadata.h"

namespace trunkline::flow {
namespace {

constexpr std::string_view kInsertedId = "Trunkline mapping";

json::Object MappingCall(const std::string& id, const std::string& mapping_arn,
                         const std::string& next) {
  json::Object action{{.key = "Identifier", .value = id},
                      {.key = "Type", .value = "InvokeLambdaFunction"}};
  action.Set("Parameters",
             json::Object{{.key = "LambdaFunctionARN", .value = mapping_arn},
                          {.key = "InvocationTimeLimitSeconds", .value = "8"},
                          {.key = "ResponseValidation",
                           .value = json::Object{{.key = "ResponseType", .value = "STRING_MAP"}}}});
  json::Array errors{json::Object{{.key = "NextAction", .value = next},
                                  {.key = "ErrorType", .value = "NoMatchingError"}}};
  action.Set("Transitions", json::Object{{.key = "NextAction", .value = next},
                                         {.key = "Errors", .value = std::move(errors)}});
  return action;
}

}  // namespace

Finding InsertMappingCall(const Document& document, const std::string& mapping_arn,
                          json::Value& content) {
  std::string id(kInsertedId);
  while (document.FindAction(id) != nullptr) id += "_";
  json::Object& flow = content.AsObject();
  json::Array& actions = flow["Actions"].AsArray();
  actions.insert(actions.begin(), MappingCall(id, mapping_arn, document.start));
  flow.Set("StartAction", id);
  AddToLayout(content, id);
  return FindingAt(document, Severity::kNote, "TL-F304",
                   "a call of the mapping function was put in as the first action", "",
                   document.content.offset());
}

}  // namespace trunkline::flow
