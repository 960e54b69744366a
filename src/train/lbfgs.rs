//! L-BFGS: climbs a smooth concave function with the curvature of its last steps (Nocedal and Wright, Numerical
//! Optimization, 2006, algorithm 7.4), with halving steps until one gains enough (Armijo).

use std::collections::VecDeque;

/// Steps that are remembered.
const MEMORY: usize = 10;
/// The most steps.
const STEPS: usize = 300;
/// It ends when a step gains less than this share of the value.
const GAIN: f64 = 1e-7;
/// The share of the promised gain that a step must reach.
const ARMIJO: f64 = 1e-4;
/// How often a step is halved before it is given up.
const HALVINGS: usize = 30;

/// A step: by how much the point and the gradient changed.
struct Step {
    point: Vec<f64>,
    slope: Vec<f64>,
}

/// Returns the point at which `function` (value and gradient) is greatest, from `start` on.
pub(super) fn maximize(start: Vec<f64>, function: impl Fn(&[f64]) -> (f64, Vec<f64>)) -> Vec<f64> {
    let (mut point, mut steps) = (start, VecDeque::new());
    let (mut value, mut slope) = function(&point);
    for _ in 0..STEPS {
        let direction = direction(&slope, &steps);
        let promised = dot(&direction, &slope);
        let mut size =
            if steps.is_empty() { 1.0 / slope.iter().map(|s| s.abs()).sum::<f64>().max(1.0) } else { 1.0 };
        let mut found = None;
        for _ in 0..HALVINGS {
            let next: Vec<f64> = point.iter().zip(&direction).map(|(at, by)| at + size * by).collect();
            let (next_value, next_slope) = function(&next);
            if next_value >= value + ARMIJO * size * promised {
                found = Some((next, next_value, next_slope));
                break;
            }
            size /= 2.0;
        }
        let Some((next, next_value, next_slope)) = found else { break };
        let gain = next_value - value;
        steps.push_back(Step { point: minus(&next, &point), slope: minus(&slope, &next_slope) });
        if steps.len() > MEMORY {
            steps.pop_front();
        }
        (point, value, slope) = (next, next_value, next_slope);
        if gain < GAIN * value.abs() {
            break;
        }
    }
    point
}

/// Returns the gradient, bent by the curvature that the last steps showed.
fn direction(slope: &[f64], steps: &VecDeque<Step>) -> Vec<f64> {
    let mut direction = slope.to_vec();
    let mut shares = Vec::with_capacity(steps.len());
    for step in steps.iter().rev() {
        let share = dot(&step.point, &direction) / curvature(step);
        add(&mut direction, -share, &step.slope);
        shares.push(share);
    }
    if let Some(last) = steps.back() {
        let scale = curvature(last) / dot(&last.slope, &last.slope).max(f64::MIN_POSITIVE);
        direction.iter_mut().for_each(|value| *value *= scale);
    }
    for (step, share) in steps.iter().zip(shares.into_iter().rev()) {
        let back = dot(&step.slope, &direction) / curvature(step);
        add(&mut direction, share - back, &step.point);
    }
    direction
}

fn curvature(step: &Step) -> f64 {
    dot(&step.point, &step.slope).max(f64::MIN_POSITIVE)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn minus(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

fn add(to: &mut [f64], share: f64, what: &[f64]) {
    to.iter_mut().zip(what).for_each(|(to, what)| *to += share * what);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_of_a_narrow_ridge_is_found() {
        // The negative of Rosenbrock's function.
        let ridge = |at: &[f64]| {
            let (x, y) = (at[0], at[1]);
            let bend = y - x * x;
            (
                -(1.0 - x).powi(2) - 100.0 * bend * bend,
                vec![2.0 * (1.0 - x) + 400.0 * x * bend, -200.0 * bend],
            )
        };
        let top = maximize(vec![-1.2, 1.0], ridge);
        assert!((top[0] - 1.0).abs() < 1e-2 && (top[1] - 1.0).abs() < 2e-2, "{top:?}");
    }
}
