// Inputs that violate the model, in the words of S3: it knows none of the other services'
// sentences.
#pragma once

#include "aws/model.h"
#include "cloud/operation.h"

namespace trunkline::cloud::s3 {

// A header of another value than the ones there are has an error of its own, a document that is not
// what the model says is MalformedXML. Nothing for the rest.
std::optional<ServiceError> RefuseInput(const aws::OperationRow& row, const json::Object& input,
                                        const std::vector<std::string>& violations);

}  // namespace trunkline::cloud::s3
