#pragma once

#include "../base.hpp"
#include "../context.hpp"
#include "harness/front/semaphore.h"
#include "semaphore.hpp"

// Events of Win32: set until reset, by hand or by the one that it lets through. Memory ordering: acq_rel.

namespace rl {

class generic_event {
 public:
  generic_event(doorway::Site site = doorway::Site::Here());
  generic_event(generic_event const&);
  generic_event& operator=(generic_event const&) { return *this; }
  ~generic_event();

  void init(bool manual_reset, bool initial_state, debug_info_param info);
  void deinit(debug_info_param info);
  void set(debug_info_param info);
  void reset(debug_info_param info);
  // Not supported: ends the exploration with an error.
  void pulse(debug_info_param info) { front::unsupported("PulseEvent (an event's pulse)", info); }
  sema_wakeup_reason wait(bool try_wait, bool is_timed, debug_info_param info);
  bool signal(debug_info_param info) {
    set(info);
    return true;
  }

 private:
  doorway::front::Event impl() const { return doorway::front::Event(this); }
  alignas(8) unsigned char bytes_[8];  // never touched
};

}  // namespace rl
