// Revisions: the ids that callers name to change only what they have seen. $LATEST, each version
// and each alias have their own.
#pragma once

#include <string>
#include <string_view>

#include "cloud/services/lambda/records.h"

namespace trunkline::cloud::lambda {

// ResourceNotFoundException, as the service words it for functions, versions and aliases.
Answer<void> FindQualified(Context& context, const Name& name);

// Of what FindQualified finds.
std::string RevisionOf(Context& context, const Name& name);
// It has been changed. Code and configuration have not: warm processes stay.
void Revise(Context& context, const Name& name);

// PreconditionFailedException: `wanted` is not empty and not the revision.
Answer<void> CheckRevision(Context& context, const Name& name, std::string_view wanted);
Answer<void> CheckRevision(std::string_view revision, std::string_view wanted);

}  // namespace trunkline::cloud::lambda
