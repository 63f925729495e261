//! Counts what readers do, for the tests that double a file and compare: looked up, compared, copied. Outside of tests
//! nothing is counted.

#[cfg(test)]
use std::cell::Cell;

#[cfg(test)]
thread_local! {
    static STEPS: Cell<usize> = const { Cell::new(0) };
}

/// Some steps of work were done.
pub(crate) fn step(count: usize) {
    #[cfg(test)]
    STEPS.with(|steps| steps.set(steps.get() + count));
    #[cfg(not(test))]
    let _ = count;
}

/// The steps that something takes.
#[cfg(test)]
pub(crate) fn steps_of<T>(work: impl FnOnce() -> T) -> usize {
    STEPS.with(|steps| steps.set(0));
    let _ = work();
    STEPS.with(Cell::get)
}

/// Whether twice as much takes no more than about twice the work; `work` is given a size.
#[cfg(test)]
pub(crate) fn is_linear(size: usize, mut work: impl FnMut(usize)) -> Result<(), String> {
    let (once, twice) = (steps_of(|| work(size)), steps_of(|| work(2 * size)));
    // What does not count can grow as it likes.
    if once < size {
        return Err(format!("{once} steps for {size} parts: the work is not counted"));
    }
    if twice * 4 <= once * 9 {
        Ok(())
    } else {
        Err(format!("{once} steps for {size} parts, {twice} for twice as many"))
    }
}
