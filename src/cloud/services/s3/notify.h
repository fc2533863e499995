// Notifications: what a bucket's configuration says is to be told when objects come and go, to
// EventBridge, functions, topics and queues.
//
// EventBridge gets its event in the transaction of the change; each other target a job of its own,
// which tries once.
#pragma once

#include <string_view>

#include "cloud/services/s3/object.h"

namespace trunkline::cloud::s3 {

inline constexpr std::string_view kPutEvent = "ObjectCreated:Put";
inline constexpr std::string_view kCopyEvent = "ObjectCreated:Copy";
inline constexpr std::string_view kCompleteEvent = "ObjectCreated:CompleteMultipartUpload";
inline constexpr std::string_view kDeleteEvent = "ObjectRemoved:Delete";
inline constexpr std::string_view kMarkerEvent = "ObjectRemoved:DeleteMarkerCreated";

// In the transaction; `body` is the version's (object.h).
void NotifyOfObject(Context& context, const Record& bucket, std::string_view event,
                    std::string_view key, const json::Object& body);

}  // namespace trunkline::cloud::s3
