// What a template's resources are checked for by their types, before anything is created.
#pragma once

#include "cloud/services/cloudformation/resource_type.h"
#include "cloud/services/cloudformation/template/template.h"

namespace trunkline::cloud::cloudformation {

// Every type is known, and every attribute of Fn::GetAtt and ${A.B}.
Answer<void> CheckTypes(const Template& document);

// Evaluated properties: none is unknown, none that is required is missing. The error's message is
// the reason of the resource's failure.
Answer<void> CheckProperties(const ResourceType& type, std::string_view logical_id,
                             const json::Object& properties);

const Property* FindProperty(const ResourceType& type, std::string_view name);

}  // namespace trunkline::cloud::cloudformation
