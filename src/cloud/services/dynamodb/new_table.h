// What CreateTable and UpdateTable check, and the parts of a description they make.
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::dynamodb {

Answer<void> CheckNewTable(const json::Object& input);
// A key schema by itself and against the definitions of attributes.
Answer<void> CheckKeySchema(const json::Array& schema, const json::Array& definitions);
Answer<void> CheckGlobalIndex(const json::Object& index, const json::Array& definitions,
                              bool on_demand);

// {"ReadCapacityUnits", "WriteCapacityUnits", "NumberOfDecreasesToday"}; zeros without any.
json::Object ShownThroughput(const json::Object& given);
// An index as descriptions have it, in that state (local ones have none).
json::Object ShownIndex(std::string_view table_arn, const json::Object& given,
                        std::string_view status);
// {"Status", "SSEType", "KMSMasterKeyArn"}; empty where the table has AWS's own key.
Answer<json::Object> ShownEncryption(Context& context, const json::Object& given);
// StreamSpecification, LatestStreamArn and LatestStreamLabel; takes a stream away as well.
Answer<void> SetStream(Context& context, json::Object& shown, const json::Object& given);

// Definitions that some key still needs, by name, as descriptions have them (seen).
void TidyDefinitions(json::Object& shown);

double Seconds(TimePoint time);

}  // namespace trunkline::cloud::dynamodb
