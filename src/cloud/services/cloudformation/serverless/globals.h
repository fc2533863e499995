// The section Globals: properties that every resource of a type has.
#pragma once

#include "cloud/services/cloudformation/serverless/document.h"

namespace trunkline::cloud::cloudformation::serverless {

// Joins the section into the resources, and takes it away. Maps are joined, lists appended; for the
// rest a resource's own property wins.
Answer<void> MergeGlobals(Document& document);

}  // namespace trunkline::cloud::cloudformation::serverless
