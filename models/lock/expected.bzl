"""What is expected of each model of the family, as its registration says, and the counts where the search comes to its end."""

# Under RC11, in the default configuration: the verdict, and the executions.
MODELS = {
    "lock/clh": ("verified", 6),
    "lock/clh/acquire_enqueue": ("violated:exclusion", None),
    "lock/clh/holds_late": ("violated:exclusion", None),
    "lock/clh/keeps_its_cell": ("violated:no_stuck_thread", None),
    "lock/clh/no_release": ("violated:no_data_race", None),
    "lock/clh/release_enqueue": ("violated:exclusion", None),
    "lock/futex_mutex": ("verified", 12),
    "lock/futex_mutex/forgets_sleepers": ("violated:no_stuck_thread", None),
    "lock/futex_mutex/no_acquire": ("violated:no_data_race", None),
    "lock/futex_mutex/relaxed_unlock": ("violated:no_data_race", None),
    "lock/futex_mutex/waits_unconditionally": ("violated:no_stuck_thread", None),
    "lock/futex_mutex/wakes_first": ("violated:no_stuck_thread", None),
    "lock/qspinlock": ("verified", 396),
    "lock/qspinlock/hand_over_in_two_steps": ("violated:exclusion", None),
    "lock/qspinlock/leaves_pending": ("violated:no_stuck_thread", None),
    "lock/qspinlock/no_release": ("violated:no_data_race", None),
    "lock/qspinlock/relaxed_pending": ("violated:no_data_race", None),
}

# On the state engine, in the default configuration: the memory model, the verdict, and the states.
STATES = [
    ("lock/clh", "sc", "verified", 182),
    ("lock/clh", "tso", "verified", 840),
    ("lock/clh/acquire_enqueue", "sc", "verified", 110),
    ("lock/clh/holds_late", "sc", "violated:exclusion", None),
    ("lock/clh/keeps_its_cell", "sc", "violated:no_stuck_thread", None),
    ("lock/clh/no_release", "sc", "violated:no_data_race", None),
    ("lock/clh/release_enqueue", "sc", "verified", 110),
    ("lock/futex_mutex", "sc", "verified", 99),
    ("lock/futex_mutex", "tso", "verified", 151),
    ("lock/futex_mutex/forgets_sleepers", "sc", "violated:no_stuck_thread", None),
    ("lock/futex_mutex/no_acquire", "sc", "violated:no_data_race", None),
    ("lock/futex_mutex/relaxed_unlock", "sc", "violated:no_data_race", None),
    ("lock/futex_mutex/waits_unconditionally", "sc", "violated:no_stuck_thread", None),
    ("lock/futex_mutex/wakes_first", "sc", "violated:no_stuck_thread", None),
    ("lock/qspinlock", "sc", "verified", 60),
    ("lock/qspinlock", "tso", "verified", 104),
    ("lock/qspinlock/hand_over_in_two_steps", "sc", "violated:exclusion", None),
    ("lock/qspinlock/leaves_pending", "sc", "violated:no_stuck_thread", None),
    ("lock/qspinlock/no_release", "sc", "violated:no_data_race", None),
    ("lock/qspinlock/relaxed_pending", "sc", "violated:no_data_race", None),
]

# Without end, where all holds: the memory model, the clients that differ, the verdict, and the states.
ENDLESS = [
    ("lock/clh", "sc", {}, "verified", 4455),
    ("lock/clh", "tso", {"writers": 2}, "verified_within_bounds", 4372),
    ("lock/qspinlock", "sc", {}, "verified", 9446),
]

# Without end: the fairness, the clients that differ, and what then fails, or holds.
ENDLESS_FAIL = [
    ("lock/futex_mutex", "weak", {}, "violated:starvation_free"),
    ("lock/futex_mutex", "strong", {}, "violated:starvation_free"),
]
