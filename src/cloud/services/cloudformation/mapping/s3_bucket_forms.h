// The parts of AWS::S3::Bucket that the API says in another form than a template does.
#pragma once

#include "base/json.h"

namespace trunkline::cloud::cloudformation {

// LifecycleConfiguration: days and dates stand in structures of their own, conditions in a filter.
json::Object LifecycleForm(const json::Object& configuration);
// NotificationConfiguration: one event for each entry, and other names.
json::Object NotificationForm(const json::Object& configuration);
// LoggingConfiguration as BucketLoggingStatus.
json::Object LoggingForm(const json::Object& configuration, std::string_view bucket);
// WebsiteConfiguration: documents by a text, and rules with other names.
json::Object WebsiteForm(const json::Object& configuration);

}  // namespace trunkline::cloud::cloudformation
