// Domain of an API: a domain name with its certificate, mappings of paths, and records of Route 53.
#pragma once

#include "cloud/services/cloudformation/serverless/document.h"

namespace trunkline::cloud::cloudformation::serverless {

// Nothing where the API has no Domain. `http`: of an HTTP API.
Answer<std::vector<Resource>> MakeDomain(Document& document, const Source& source, bool http);

}  // namespace trunkline::cloud::cloudformation::serverless
