// Resources that are taken over instead of made.
#pragma once

#include "cloud/services/cloudformation/stacks/run.h"

namespace trunkline::cloud::cloudformation {

// Whether the operation takes this resource over ("Imports" of its record).
bool IsImported(const json::Object& operation, std::string_view logical_id);
// Reads what is to be taken over: it must exist.
net::aw<Answer<MadeResource>> ReadImported(RunPointer run, const ResourceType& type,
                                           ResourceOrder order);

// Checks ResourcesToImport of CreateChangeSet against the template; the answer is "Imports" of the
// operation: by logical id, the physical id.
Answer<json::Object> CheckImports(Context& context, const json::Array& resources,
                                  const Revision& revision, std::string_view stack_id);

}  // namespace trunkline::cloud::cloudformation
