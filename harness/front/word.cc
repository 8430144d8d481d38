#include "harness/front/word.h"

#include "harness/behaviour/runtime.h"
#include "harness/front/running_thread.h"

namespace doorway::front {
namespace {

Label LabelOf(Object word, const WordStep& step, const Operands& operands, Site site) {
  Label label;
  label.op = Op::kUpdate;
  label.order = step.order;
  label.failure_order = step.failure_order;
  label.width = word.width;
  label.transform = step.transform;
  label.view = step.view;
  label.view_tells_write = step.zero_writes;
  label.operands = operands;
  label.site = site;
  label.verb = step.verb;
  return label;
}

}  // namespace

Value Do(Object word, const WordStep& step, const Operands& operands, bool blocks, Site site) {
  Label label = LabelOf(word, step, operands, site);
  if (blocks) label.function = kBlocks;
  return runtime::Perform(label, word.address).read;
}

bool TryToDo(Object word, const WordStep& step, const Operands& operands, Site site, Value* view) {
  Label label = LabelOf(word, step, operands, site);
  label.weak = Here().MayFail(word.address);
  const runtime::Reply reply = runtime::Perform(label, word.address);
  *view = reply.read;
  if (reply.spurious) Here().Failed(word.address);
  return !reply.spurious;
}

// An iteration in which there is a choice is never stuck: the thread may always give up.
bool DoInTime(Object word, const WordStep& step, const Operands& operands, bool (*done)(Value view), Site site,
              Value* view) {
  struct Wait {
    Object word;
    const WordStep& step;
    const Operands& operands;
    bool (*done)(Value view);
    Site site;
    bool in_time;
    Value view;
  } wait{word, step, operands, done, site, false, 0};
  runtime::Spin(
      [](void* closure) {
        Wait& w = *static_cast<Wait*>(closure);
        if (Choose(2, w.site) == 1) return false;
        const Value seen = Do(w.word, w.step, w.operands, true, w.site);
        if (!w.done(seen)) return true;
        w.view = seen;
        w.in_time = true;
        return false;
      },
      &wait, site);
  *view = wait.view;
  return wait.in_time;
}

Value Self() { return static_cast<Value>(runtime::Self()); }

}  // namespace doorway::front
