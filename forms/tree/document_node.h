// SPDX-License-Identifier: Apache-2.0
//
// The node above the root element: it alone knows which Document it is of, so that the others need
// not carry the pointer.
#pragma once

#include "forms/tree/tree.h"

namespace vigil::forms {

struct DocumentNode : Node {
  explicit DocumentNode(Document& owner) : Node(NodeKind::kDocument), document(owner) {}
  Document& document;
};

}  // namespace vigil::forms
