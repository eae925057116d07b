performance.mark("today");
