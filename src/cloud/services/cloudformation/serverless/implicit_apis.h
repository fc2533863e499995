// APIs that nobody wrote: ServerlessRestApi and ServerlessHttpApi, for events that name none, and
// documents of APIs that have none.
#pragma once

#include "cloud/services/cloudformation/serverless/document.h"

namespace trunkline::cloud::cloudformation::serverless {

// Gives each event of an API the API it belongs to, and each of those the event's path.
void AddImplicitApis(Document& document);

}  // namespace trunkline::cloud::cloudformation::serverless
