// SPDX-License-Identifier: Apache-2.0
//
// The instance as XML: whole, to be restored; or as a submission.
#include "forms/session/session_state.h"

namespace vigil::forms {

std::string Session::instance_xml() const {
  // Answers set aside are kept with the rest; restoring sets them aside again.
  std::vector<std::pair<Node*, std::string>> shown;
  for (const auto& [slot, value] : withheld_) {
    Node* node = entries_[slot].node;
    shown.emplace_back(node, node->value());
    document_->set_value(*node, value);
  }
  std::string xml = serialise(*document_, *document_->root_element());
  for (const auto& [node, value] : shown) document_->set_value(*node, value);
  return xml;
}

std::string Session::submission_xml(SubmissionPart part) {
  if (!sent_) {
    begin_operation();
    ensure_instance_id();
    stamp_end();
    settle();
  }
  SerialiseOptions options;
  options.choose = [&](const Node& node) {
    if (node.slot == Node::kNoSlot) return SerialiseChoice::kWhole;
    if (!node.relevant) return SerialiseChoice::kDrop;
    const SchemaNode& own = schema(node);
    if (part == SubmissionPart::kWhole || !own.leaf) return SerialiseChoice::kWhole;
    const bool meta = form_->meta < node.bind && node.bind < form_->schema[form_->meta].end;
    const bool restricted = own.sensitivity >= 3;
    // The instance's id is in both; a name made from a restricted answer is not.
    if (meta && !restricted) return SerialiseChoice::kWhole;
    return restricted == (part == SubmissionPart::kRestricted) ? SerialiseChoice::kWhole
                                                               : SerialiseChoice::kWithoutValue;
  };
  return serialise(*document_, *document_->root_element(), options);
}

}  // namespace vigil::forms
