//! Who comes to the demo town finds it in good order.

use crate::{MORNING, PEOPLE, list, plans::of_city};
use vekha_testkit::{Device, with_city};

#[tokio::test(flavor = "multi_thread")]
async fn nobody_begins_with_something_late() {
    let city = with_city(MORNING).await;
    let mut late = Vec::new();
    for who in PEOPLE {
        let device = Device::signed_in(who, &city).await;
        let plan = of_city(&city, &device, who).await;
        let steps = list(&plan, "steps").iter();
        late.extend(
            steps
                .filter(|it| it["state"] == "overdue")
                .map(|it| format!("{who}: {} by {}", it["id"], it["due"])),
        );
    }
    assert_eq!(late, Vec::<String>::new());
}
