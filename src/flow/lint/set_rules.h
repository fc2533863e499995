// The rules about sets, by the file that has them.
#pragma once

#include "flow/lint/set_context.h"

namespace trunkline::flow::lint {

// set_modules.cpp
void ModuleResultUnknown(SetContext& set);
void ModuleInputDiffers(SetContext& set);
void ModuleDataUnknown(SetContext& set);
void ModuleActionIllegal(SetContext& set);

// set_calls.cpp
void WrongFlowType(SetContext& set);
void FlowsInACircle(SetContext& set);
void DormantFlow(SetContext& set);
void DeadEndFlow(SetContext& set);
void UnknownFlow(SetContext& set);

// set_attributes.cpp
void AttributeMissing(SetContext& set);
void AttributeNeverSet(SetContext& set);
void AttributeNeverRead(SetContext& set);

// set_texts.cpp
void SameText(SetContext& set);

}  // namespace trunkline::flow::lint
