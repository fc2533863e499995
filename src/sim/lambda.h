// The contract between a flow and a Lambda function (flow-language 5.1).
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "sim/state.h"

namespace trunkline::sim {

// The event a function gets: {Details: {ContactData, Parameters}, Name: "ContactFlowEvent"}.
json::Object FunctionEvent(const ContactState& contact, const json::Object& parameters);

enum class ResponseType { kStringMap, kJson };

// What $.External becomes. STRING_MAP: a flat object; scalars become text, null members drop out,
// lists and objects are an error. JSON: any object. Both: less than 32 KB.
Result<json::Object> ReadResponse(std::string_view payload, ResponseType type);

}  // namespace trunkline::sim
