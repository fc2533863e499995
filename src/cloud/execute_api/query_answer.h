// Answers of Query operations as JSON, which services give to whoever accepts it:
// {"SendMessageResponse": {"SendMessageResult": {...}, "ResponseMetadata": {"RequestId": "..."}}}.
// What is not there is null. Seen in answers of SQS, SNS and SSM to API Gateway.
#pragma once

#include <string>
#include <string_view>

#include "aws/model.h"
#include "cloud/operation.h"

namespace trunkline::cloud::execute_api {

std::string QueryAnswerAsJson(const aws::OperationRow& row, const json::Object& output,
                              std::string_view request_id);
// {"Error": {"Code": ..., "Message": ..., "Type": "Sender"}, "RequestId": ...}
std::string QueryErrorAsJson(const ServiceError& error, int status, std::string_view request_id);

}  // namespace trunkline::cloud::execute_api
