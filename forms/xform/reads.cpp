// SPDX-License-Identifier: Apache-2.0
#include "forms/xform/reads.h"

#include <algorithm>

namespace vigil::forms {
namespace {

std::uint64_t child_key(SchemaIndex parent, LocalId local) {
  return (std::uint64_t{parent} << 32U) | local;
}

}  // namespace

ReadFinder::ReadFinder(const Form& form) : form_(form) {
  for (SchemaIndex index = 1; index < form_.schema.size(); ++index)
    by_name_[child_key(form_.schema[index].parent, form_.schema[index].local)].push_back(index);
}

std::vector<Read> ReadFinder::resolve(SchemaIndex context, const Reference& reference,
                                      bool position) const {
  std::vector<Read> at;
  if (reference.start == Reference::Start::kInstance) return at;
  const bool root = reference.start == Reference::Start::kRoot;
  at.push_back({root ? kNone : context, root ? kNone : context, false});
  bool absolute = root;
  for (std::size_t i = 0; i < reference.steps.size(); ++i) {
    const Reference::Step& step = reference.steps[i];
    const bool last = i + 1 == reference.steps.size();
    std::vector<Read> next;
    for (const Read& from : at) walk(step, context, absolute && !last, position, from, next);
    // Several "//" lead to the same nodes by many ways.
    if (next.size() > at.size() && at.size() > 1) {
      std::sort(next.begin(), next.end());
      next.erase(std::unique(next.begin(), next.end()), next.end());
    }
    at = std::move(next);
    if (step.with_predicate) absolute = false;
  }
  std::erase_if(at, [](const Read& read) { return read.node == kNone; });
  return at;
}

void ReadFinder::walk(const Reference::Step& step, SchemaIndex context, bool keep, bool position,
                      const Read& from, std::vector<Read>& next) const {
  switch (step.axis) {
    case Reference::Axis::kSelf:
      next.push_back(from);
      return;
    case Reference::Axis::kParent: {
      if (from.node == kNone) return;
      const SchemaIndex parent = form_.schema[from.node].parent;
      const bool rising = from.shared == from.node;
      next.push_back(
          {parent, rising || above(parent, from.shared) ? parent : from.shared, from.soft});
      return;
    }
    case Reference::Axis::kChild:
    case Reference::Axis::kAttribute:
      for (const SchemaIndex child : children(from.node, step)) {
        if (!matches(step, child)) continue;
        // An absolute path keeps to the repeat instance it is written in.
        const bool kept = keep && !step.with_predicate && from.shared == from.node &&
                          (child == context || above(child, context));
        const bool soft = from.soft || ((step.with_predicate || position) &&
                                        form_.schema[child].is_repeat && above(child, context));
        next.push_back({child, kept ? child : from.shared, soft});
      }
      return;
    case Reference::Axis::kDescendantOrSelf:
    case Reference::Axis::kOther: {
      const SchemaIndex first =
          from.node == kNone || step.axis == Reference::Axis::kOther ? 0 : from.node;
      for (SchemaIndex index = first; index < form_.schema[first].end; ++index)
        next.push_back({index, step.axis == Reference::Axis::kOther ? kNone : from.shared, true});
      return;
    }
  }
}

std::vector<SchemaIndex> ReadFinder::children(SchemaIndex node, const Reference::Step& step) const {
  if (node == kNone) return {0};
  if (step.any_name) return form_.schema[node].children;
  const auto found = by_name_.find(child_key(node, step.local));
  return found == by_name_.end() ? std::vector<SchemaIndex>() : found->second;
}

bool ReadFinder::matches(const Reference::Step& step, SchemaIndex index) const {
  const SchemaNode& node = form_.schema[index];
  if (node.attribute != (step.axis == Reference::Axis::kAttribute)) return false;
  if (step.any_name) return true;
  return step.name != kNoName ? node.name == step.name || node.local == step.local
                              : node.local == step.local;
}

// `ancestor` is a true ancestor of `index`; kNone is above everything.
bool ReadFinder::above(SchemaIndex ancestor, SchemaIndex index) const {
  if (index == kNone) return false;
  return ancestor == kNone || (ancestor < index && index < form_.schema[ancestor].end);
}

void ReadFinder::append(SchemaIndex context, const Expression& expression,
                        std::vector<Read>& out) const {
  for (const Reference& reference : expression.references()) {
    const std::vector<Read> reads = resolve(context, reference, expression.volatility().position);
    out.insert(out.end(), reads.begin(), reads.end());
  }
}

void ReadFinder::append_last_saved(SchemaIndex context, const Expression& expression,
                                   std::vector<Read>& out) const {
  if (!form_.uses_last_saved) return;
  for (const Reference& reference : expression.references()) {
    if (reference.start != Reference::Start::kInstance) continue;
    if (!reference.instance_id.empty() && reference.instance_id != form_.last_saved_id) continue;
    Reference same = reference;
    same.start = Reference::Start::kRoot;
    const std::vector<Read> reads = resolve(context, same, false);
    out.insert(out.end(), reads.begin(), reads.end());
  }
}

}  // namespace vigil::forms
