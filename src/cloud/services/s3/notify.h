// Notifications of a bucket: what happens to its objects is told to the functions, queues, topics
// and the event bus that its configuration names.
#pragma once

#include <string_view>

#include "cloud/services/s3/object.h"

namespace trunkline::cloud::s3 {

// Within the transaction that changes the object; a job tells of it afterwards, once for each
// configuration that wants to know. `event` is "ObjectCreated:Put"; `version` is what was made, or
// what was removed.
void Notify(Context& context, const Record& bucket, std::string_view event, const Record& version);
// The same for what is no version any more: only the key is known.
void NotifyOfRemoval(Context& context, const Record& bucket, std::string_view key,
                     std::string_view version_id);

}  // namespace trunkline::cloud::s3
